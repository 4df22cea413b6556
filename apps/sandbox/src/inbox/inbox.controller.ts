import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { IsArray, IsOptional, IsString } from 'class-validator';
import { JsonBodyPipe } from '../control/json-body.pipe.js';
import { LimitPipe } from '../control/limit.pipe.js';
import type { InboxEntry, ShownEntry } from './inbox-entry.js';
import { Inbox } from './inbox.service.js';
import { showEntry } from './show-entry.js';

/** Body of `POST /_sandbox/inbox/{id}/read`. */
export class ReadDto {
  /** Who read it; not given: everyone who sees it. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  recipients?: string[];
}

@Controller('_sandbox/inbox')
export class InboxController {
  constructor(private readonly inbox: Inbox) {}

  @Get()
  list(
    @Query('limit', LimitPipe) limit: number,
    @Query('channel') channel?: string,
    @Query('account') account?: string,
    @Query('recipient') recipient?: string,
  ): ShownEntry[] {
    return this.inbox.list({ channel, account, recipient, limit }).map(showEntry);
  }

  @Get(':id')
  get(@Param('id') id: string): ShownEntry {
    return showEntry(this.entry(id));
  }

  @Post(':id/read')
  @HttpCode(200)
  markRead(@Param('id') id: string, @Body(new JsonBodyPipe(ReadDto)) { recipients }: ReadDto): ShownEntry {
    const entry = this.entry(id);
    this.inbox.markRead(entry, recipients ?? entry.recipients);
    return showEntry(entry);
  }

  @Delete()
  @HttpCode(204)
  clear(): void {
    this.inbox.clear();
  }

  private entry(id: string): InboxEntry {
    const entry = this.inbox.find(id);
    if (!entry) throw new NotFoundException({ error: 'not_found', message: `no entry ${id}` });
    return entry;
  }
}
