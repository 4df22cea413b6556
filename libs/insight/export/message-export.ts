import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { describeReason, type Language } from '#libs/core';
import { MessageReader, type MessageFilter, type MessageView } from '#libs/messages';
import { BYTE_ORDER_MARK, csv, maskMobile } from './csv.js';

/** Rows read and written at a time: what is in memory of an export of any size. */
const PAGE = 500;

type Cell = (message: MessageView, language: Language) => string | number | undefined;

/** Columns in order; the names are the API's. */
const COLUMNS: Readonly<Record<string, Cell>> = {
  id: ({ id }) => id,
  createdAt: ({ createdAt }) => createdAt,
  caller: ({ caller }) => caller,
  template: ({ template }) => template ?? undefined,
  templateVersion: ({ templateVersion }) => templateVersion ?? undefined,
  channels: ({ channels }) => channels.join(' '),
  accounts: ({ accounts }) => accounts?.join(' '),
  status: ({ status }) => status,
  reason: ({ reason }) => reason,
  reasonText: ({ reason }, language) =>
    reason === undefined ? undefined : (describeReason(reason)?.label[language] ?? reason),
  sentence: ({ sentence }) => sentence,
  firstRecipient: ({ firstRecipient }) => maskMobile(firstRecipient),
  recipientCount: ({ recipientCount }) => recipientCount,
  sent: ({ counts }) => counts.sent ?? 0,
  delivered: ({ counts }) => counts.delivered ?? 0,
  read: ({ counts }) => counts.read ?? 0,
  pending: ({ counts }) => counts.pending ?? 0,
  failed: ({ counts }) => counts.failed ?? 0,
  invalid: ({ counts }) => counts.invalid ?? 0,
  unknown: ({ counts }) => counts.unknown ?? 0,
  suppressed: ({ counts }) => counts.suppressed ?? 0,
  canceled: ({ counts }) => counts.canceled ?? 0,
  expired: ({ counts }) => counts.expired ?? 0,
  recalled: ({ counts }) => counts.recalled ?? 0,
  businessKey: ({ businessKey }) => businessKey,
  batchId: ({ batchId }) => batchId,
  priority: ({ priority }) => priority,
  sendAt: ({ sendAt }) => sendAt,
  expireAt: ({ expireAt }) => expireAt,
  updatedAt: ({ updatedAt }) => updatedAt,
};

/** Messages as CSV, page by page: as much is read as the reader takes, and nothing once it has gone. */
@Injectable()
export class MessageExport {
  constructor(@Inject(MessageReader) private readonly messages: MessageReader) {}

  stream(filter: Omit<MessageFilter, 'limit'>): Readable {
    return Readable.from(this.pages(filter), { objectMode: false, highWaterMark: 64 * 1024 });
  }

  private async *pages(filter: Omit<MessageFilter, 'limit'>): AsyncGenerator<string> {
    yield BYTE_ORDER_MARK + csv([Object.keys(COLUMNS)]);
    const cells = Object.values(COLUMNS);
    const language = filter.language ?? 'en';
    let before: string | undefined;
    for (;;) {
      const page = await this.messages.list({ ...filter, limit: PAGE, ...(before !== undefined && { before }) });
      if (page.length > 0) yield csv(page.map((message) => cells.map((cell) => cell(message, language) ?? '')));
      if (page.length < PAGE) return;
      before = page.at(-1)?.id;
    }
  }
}
