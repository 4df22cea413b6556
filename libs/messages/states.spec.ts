import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { InvariantError } from '#libs/core';
import { finalMessageStatus } from './message-status.js';
import {
  DELIVERY_STATUSES,
  DELIVERY_TRANSITIONS,
  FINAL_RECIPIENT_STATUSES,
  MESSAGE_STATUSES,
  RECEIPT_TRANSITIONS,
  assertMove,
  canMove,
  canReceiptMove,
  type DeliveryStatus,
} from './states.js';
import { makeCounts } from './testing/factories.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/state-machine.md'), 'utf8');
const section = (title: string): string => page.split(/^## /m).find((part) => part.startsWith(title)) ?? '';

/** Cells of a table's rows, without backticks. */
const rowsOf = (text: string): string[][] =>
  [...text.matchAll(/^\| `.*\|$/gm)].map(([line]) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', '')),
  );

const moves = Object.entries(DELIVERY_TRANSITIONS).flatMap(([from, targets]) => targets.map((to) => `${from} ${to}`));

describe('a delivery', () => {
  it.each([
    ['accepted', 'sending'],
    ['scheduled', 'sending'],
    ['sending', 'sending'],
    ['sending', 'accepted'],
    ['sending', 'canceled'],
    ['scheduled', 'sent'],
    ['scheduled', 'unknown'],
    ['unknown', 'sent'],
    ['sent', 'recalled'],
  ] as const)('may go from %s to %s', (from, to) => {
    expect(canMove(from, to)).toBe(true);
    expect(() => assertMove(from, to)).not.toThrow();
  });

  it.each([
    ['accepted', 'failed'],
    ['accepted', 'suppressed'],
    ['sent', 'unknown'],
    ['sent', 'sending'],
    ['sent', 'accepted'],
    ['unknown', 'scheduled'],
    ['canceled', 'sending'],
    ['failed', 'accepted'],
    ['recalled', 'sent'],
  ] as const)('cannot go from %s to %s', (from, to) => {
    expect(() => assertMove(from, to)).toThrow(InvariantError);
  });

  it('that failed, was suppressed, expired, canceled or recalled never moves again', () => {
    const ended = DELIVERY_STATUSES.filter((status) => DELIVERY_TRANSITIONS[status].length === 0);
    expect(ended).toEqual(['failed', 'suppressed', 'expired', 'canceled', 'recalled']);
  });

  it('can reach every state', () => {
    const reached = new Set<DeliveryStatus>(['accepted', 'scheduled']);
    for (const from of reached) for (const to of DELIVERY_TRANSITIONS[from]) reached.add(to);
    expect([...reached].sort()).toEqual([...DELIVERY_STATUSES].sort());
  });
});

describe('a receipt', () => {
  it('never moves a recipient twice to the same place, back, or out of a state that is not "sent" any more', () => {
    const ended = ['read', 'invalid', 'failed', 'unknown', 'suppressed', 'canceled', 'expired', 'recalled'] as const;
    for (const from of [...ended, 'pending'] as const) {
      for (const to of ['delivered', 'read', 'failed', 'invalid'] as const)
        expect(canReceiptMove(from, to)).toBe(false);
    }
    expect(canReceiptMove('delivered', 'failed')).toBe(false);
    expect(canReceiptMove('delivered', 'read')).toBe(true);
  });
});

describe('docs/state-machine.md', () => {
  it('draws exactly the moves that the code allows', () => {
    const drawn = [...section('Delivery').matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} ${to}`);
    expect(drawn.sort()).toEqual([...moves].sort());
  });

  it('says of each move what happens', () => {
    const rows = rowsOf(section('Delivery'));
    expect(rows.map(([from, to]) => `${from} ${to}`).sort()).toEqual([...moves].sort());
    expect(rows.filter(([, , text]) => !text)).toEqual([]);
  });

  it('lists exactly the moves of a recipient that a receipt may bring about', () => {
    const rows = rowsOf(section('Receipts'));
    const told = Object.entries(RECEIPT_TRANSITIONS).flatMap(([from, targets]) => targets.map((to) => `${from} ${to}`));
    expect(rows.map(([from, to]) => `${from} ${to}`)).toEqual(told);
    expect(rows.filter(([, , text]) => !text)).toEqual([]);
  });

  it('names every state of a recipient', () => {
    const names = rowsOf(section('Recipient')).map(([name]) => name);
    expect(names).toEqual(['pending', ...FINAL_RECIPIENT_STATUSES]);
  });

  it('gives the rules of the final state of a message, each with an example that the code agrees with', () => {
    const rules = rowsOf(section('Message'));
    const final = MESSAGE_STATUSES.filter((status) => !['accepted', 'sending', 'scheduled'].includes(status));
    expect(rules.map(([status]) => status).sort()).toEqual([...final].sort());
    for (const [status, , example = ''] of rules) {
      const counts = Object.fromEntries(
        [...example.matchAll(/(\w+) (\d+)/g)].map(([, name, count]) => [name, Number(count)]),
      );
      expect([example, finalMessageStatus(makeCounts(counts))]).toEqual([example, status]);
    }
  });
});
