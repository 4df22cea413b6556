import {
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  Redirect,
} from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { JsonBodyPipe } from '../../control/json-body.pipe.js';
import type { InboxEntry, ShownEntry } from '../../inbox/inbox-entry.js';
import { Inbox } from '../../inbox/inbox.service.js';
import { showEntry } from '../../inbox/show-entry.js';
import { CUSTOMER_TAGS, Customers } from '../../world/customers.js';
import { CustomerTasks } from './customer-tasks.service.js';

/** Body of `POST /_sandbox/inbox/{id}/confirm`. */
export class ConfirmDto {
  /** Who confirms; not given: every member who has to. */
  @IsOptional()
  @IsString()
  member?: string;
}

/** Body of `POST /_sandbox/customers`: `<prefix>1` … `<prefix><count>` become customers of a member. */
export class NewCustomersDto {
  @IsString()
  @Matches(/^[0-9A-Za-z]{1,40}$/)
  prefix!: string;

  @IsInt()
  @Min(1)
  @Max(200_000)
  count!: number;

  @IsString()
  member!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(CUSTOMER_TAGS.map(({ id }) => id), { each: true })
  tags?: string[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What members and testers do about messages to customers. */
@Controller('_sandbox')
export class ConfirmationsController {
  constructor(
    private readonly inbox: Inbox,
    private readonly tasks: CustomerTasks,
    private readonly customers: Customers,
  ) {}

  @Post('inbox/:id/confirm')
  @HttpCode(200)
  confirm(@Param('id') id: string, @Body(new JsonBodyPipe(ConfirmDto)) { member }: ConfirmDto): ShownEntry {
    const entry = this.entry(id);
    const members = member === undefined ? (entry.parts ?? []).map((part) => part.member) : [member];
    const confirmed = members.filter((name) => this.tasks.confirm(entry, name));
    if (confirmed.length === 0) throw new ConflictException({ error: 'nothing_to_confirm' });
    return showEntry(entry);
  }

  /** A press on the page's button; answers with the page as it was filtered. */
  @Post('page/inbox/:id/confirm')
  @HttpCode(303)
  @Redirect('/', 303)
  press(@Param('id') id: string, @Query() query: Readonly<Record<string, unknown>>): { readonly url: string } {
    this.tasks.confirm(this.entry(id), text(query['by']));
    const filter = { channel: text(query['channel']), recipient: text(query['recipient']) };
    return { url: `/?${new URLSearchParams(filter).toString()}` };
  }

  @Get('customers')
  list(): object {
    return { count: this.customers.list().length, members: this.customers.members, tags: CUSTOMER_TAGS };
  }

  @Post('customers')
  @HttpCode(200)
  add(@Body(new JsonBodyPipe(NewCustomersDto)) wish: NewCustomersDto): object {
    return { count: this.customers.add(wish) };
  }

  @Post('customers/:id/leave')
  @HttpCode(200)
  leave(@Param('id') id: string): object {
    this.customers.remove(id);
    return { count: this.customers.list().length };
  }

  private entry(id: string): InboxEntry {
    const entry = this.inbox.find(id);
    if (!entry) throw new NotFoundException({ error: 'not_found', message: `no entry ${id}` });
    return entry;
  }
}
