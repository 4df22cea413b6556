import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { describeReason, type Language } from '#libs/core';
import { RecallStore, type RecallResult } from '#libs/messages';
import { BYTE_ORDER_MARK, csv, maskMobile } from './csv.js';

/** Rows read and written at a time. */
const PAGE = 500;

type Cell = (result: RecallResult, language: Language) => string | number | undefined;

const reasonText = (code: string | undefined, language: Language): string | undefined =>
  code === undefined ? undefined : (describeReason(code)?.label[language] ?? code);

/** Columns in order; the names are the API's. */
const COLUMNS: Readonly<Record<string, Cell>> = {
  recipient: ({ recipient }) => maskMobile(recipient),
  messageId: ({ messageId }) => messageId,
  deliveryNo: ({ deliveryNo }) => deliveryNo,
  status: ({ status }) => status,
  reason: ({ reason }) => reason,
  reasonText: ({ reason }, language) => reasonText(reason, language),
  correction: ({ correction }) => correction?.status,
  correctionMessageId: ({ correction }) => correction?.messageId,
  correctionReason: ({ correction }) => correction?.reason,
};

/** What a recall did for each recipient, as CSV: read page by page as the reader takes it. */
@Injectable()
export class RecallReport {
  constructor(@Inject(RecallStore) private readonly recalls: RecallStore) {}

  /** @param allowed asked before anything is read */
  stream(recallId: string, language: Language, allowed: () => Promise<unknown>): Readable {
    return Readable.from(this.pages(recallId, language, allowed), { objectMode: false, highWaterMark: 64 * 1024 });
  }

  private async *pages(recallId: string, language: Language, allowed: () => Promise<unknown>): AsyncGenerator<string> {
    await allowed();
    yield BYTE_ORDER_MARK + csv([Object.keys(COLUMNS)]);
    const cells = Object.values(COLUMNS);
    let after: { readonly messageId: string; readonly rowNo: number } | undefined;
    for (;;) {
      const page = await this.recalls.listResults(recallId, { ...(after && { after }), limit: PAGE });
      if (page.length > 0) yield csv(page.map((result) => cells.map((cell) => cell(result, language) ?? '')));
      const last = page.at(-1);
      if (page.length < PAGE || !last) return;
      after = { messageId: last.messageId, rowNo: last.rowNo };
    }
  }
}
