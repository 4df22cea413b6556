import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { describeReason, type Language } from '#libs/core';
import { MessageReader, type MessageFilter, type MessageView } from '#libs/messages';

/** Rows read and written at a time: what is in memory of an export of any size. */
const PAGE = 500;
/** Without it Excel takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

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

/** A mobile is a person's own: its middle is not given out in bulk. */
const maskMobile = (ref: string | undefined): string | undefined =>
  ref?.replace(/^(mobile:\d{3})\d+(\d{4})$/, '$1****$2');

/** Cells that a spreadsheet would take for a formula begin with an apostrophe. */
const csv = (rows: readonly (readonly unknown[])[]): string =>
  stringify([...rows], { escape_formulas: true, record_delimiter: 'windows' });

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
