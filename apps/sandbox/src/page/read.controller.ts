import { Controller, Header, HttpCode, NotFoundException, Param, Post, Query, Redirect } from '@nestjs/common';
import { Inbox } from '../inbox/inbox.service.js';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A recipient opens a message on the inbox page. */
@Controller('_sandbox/page/inbox')
export class ReadController {
  constructor(private readonly inbox: Inbox) {}

  /** Answers with the page as it was filtered. */
  @Post(':id/read')
  @HttpCode(303)
  @Header('cache-control', 'no-store')
  @Redirect('/', 303)
  read(@Param('id') id: string, @Query() query: Readonly<Record<string, unknown>>): { readonly url: string } {
    const entry = this.inbox.find(id);
    if (!entry) throw new NotFoundException({ error: 'not_found', message: `no entry ${id}` });
    this.inbox.markRead(entry, [text(query['by'])]);
    const filter = { channel: text(query['channel']), recipient: text(query['recipient']) };
    return { url: `/?${new URLSearchParams(filter).toString()}` };
  }
}
