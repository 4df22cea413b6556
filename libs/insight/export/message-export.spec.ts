import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { MessageFilter, MessageReader, MessageView } from '#libs/messages';
import { MessageExport } from './message-export.js';

const PAGES = 200;

const makeMessage = (no: number): MessageView => ({
  id: String(no),
  template: 'order-paid',
  templateVersion: 1,
  status: 'sent',
  channels: ['letter'],
  priority: 'normal',
  businessKey: `order:${'9'.repeat(150)}`,
  recipientCount: 1,
  counts: { sent: 1 },
  deliveryCount: 1,
  deliveriesTruncated: false,
  duplicate: false,
  expireAt: '2026-11-22T02:00:00.000Z',
  createdAt: '2026-11-22T02:00:00.000Z',
  updatedAt: '2026-11-22T02:00:00.000Z',
});

/** A log without end in sight; counts the pages that are asked for. */
class FakeReader {
  readonly asked: (string | undefined)[] = [];

  async list({ before, limit }: MessageFilter): Promise<readonly MessageView[]> {
    this.asked.push(before);
    const first = (this.asked.length - 1) * limit;
    const count = this.asked.length > PAGES ? 1 : limit;
    return Array.from({ length: count }, (_, index) => makeMessage(first + index));
  }
}

const exportOf = (reader: FakeReader): MessageExport => new MessageExport(reader as unknown as MessageReader);

async function turns(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await turn();
}

describe('an export', () => {
  it('goes on from page to page to the last row', async () => {
    const reader = new FakeReader();
    const lines: string[] = [];
    let text = '';
    for await (const chunk of exportOf(reader).stream({})) text += String(chunk);
    lines.push(...text.split('\r\n'));
    expect(reader.asked.slice(0, 3)).toEqual([undefined, '499', '999']);
    // A head, the rows, and what follows the last line end.
    expect(lines).toHaveLength(1 + PAGES * 500 + 1 + 1);
    expect(text.startsWith('\uFEFFid,createdAt,')).toBe(true);
  });

  it('reads no more than its reader takes', async () => {
    const reader = new FakeReader();
    const stream = exportOf(reader).stream({});
    stream.read(1);
    await turns(200);
    expect(reader.asked.length).toBeLessThan(4);
    stream.destroy();
  });

  it('reads nothing more once its reader has gone', async () => {
    const reader = new FakeReader();
    const stream = exportOf(reader).stream({});
    stream.once('data', () => stream.destroy());
    await new Promise((resolve) => stream.once('close', resolve));
    const asked = reader.asked.length;
    await turns(200);
    expect(reader.asked.length).toBeLessThanOrEqual(asked);
    expect(asked).toBeLessThan(4);
  });
});
