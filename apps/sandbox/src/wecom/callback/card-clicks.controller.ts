import { Body, ConflictException, Controller, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsString, ValidateNested } from 'class-validator';
import { JsonBodyPipe } from '../../control/json-body.pipe.js';
import { Inbox } from '../../inbox/inbox.service.js';
import { CardClicks } from './card-clicks.service.js';

class SelectionDto {
  @IsString()
  question!: string;

  @IsArray()
  @IsString({ each: true })
  options!: string[];
}

/** Body of `POST /_sandbox/inbox/{id}/click`. */
export class ClickDto {
  /** Who presses. */
  @IsString()
  user!: string;

  /** Of the button, the submit button or the menu entry. */
  @IsString()
  key!: string;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => SelectionDto)
  selections?: SelectionDto[];
}

@Controller('_sandbox/inbox/:id/click')
export class CardClicksController {
  constructor(
    private readonly inbox: Inbox,
    private readonly clicks: CardClicks,
  ) {}

  /** Answers how the app's server answered the callback. */
  @Post()
  @HttpCode(200)
  async click(
    @Param('id') id: string,
    @Body(new JsonBodyPipe(ClickDto)) { key, selections = [], user }: ClickDto,
  ): Promise<object> {
    const entry = this.inbox.find(id);
    if (!entry) throw new NotFoundException({ error: 'not_found', message: `no entry ${id}` });
    const result = await this.clicks.press(entry, { key, selections, user });
    if (typeof result === 'string') throw new ConflictException({ error: result });
    return { callback: result };
  }
}
