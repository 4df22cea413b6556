import { objectOf, type JsonObject, type JsonValue } from '#libs/core';
import { shownOf } from './api-client.js';
import type { Column } from './terminal.js';

const OPEN: readonly string[] = ['accepted', 'sending', 'scheduled'];
const GOOD: readonly string[] = ['sent', 'delivered', 'read', 'recalled', 'suppressed'];

export const isOpen = (message: JsonObject): boolean => OPEN.includes(shownOf(message['status']));

/** Ended as its caller wanted, or on purpose. */
export const endedWell = (message: JsonObject): boolean => GOOD.includes(shownOf(message['status']));

const localTime = (at: string): string => (at ? new Date(at).toLocaleString('sv-SE') : '');

const field = (heading: string, name: string): Column => [heading, (item) => shownOf(item[name])];
const time = (heading: string, name: string): Column => [heading, (item) => localTime(shownOf(item[name]))];

export const MESSAGE_COLUMNS: readonly Column[] = [
  time('TIME', 'createdAt'),
  field('STATUS', 'status'),
  field('REASON', 'reason'),
  field('TEMPLATE', 'template'),
  field('TO', 'recipientCount'),
  ['CHANNEL', ({ channels }: JsonObject): string => (Array.isArray(channels) ? channels.map(shownOf).join(' ') : '')],
  field('ID', 'id'),
];

export const KEY_COLUMNS: readonly Column[] = [
  field('ID', 'id'),
  field('CALLER', 'caller'),
  field('NAME', 'name'),
  field('PRESET', 'preset'),
  time('LAST USED', 'lastUsedAt'),
  time('EXPIRES', 'expiresAt'),
];

export const HIT_COLUMNS: readonly Column[] = [
  field('TYPE', 'type'),
  field('ID', 'id'),
  field('LABEL', 'label'),
  field('FOUND BY', 'matchedBy'),
];

/** `sent 3, invalid 1` */
export const countsText = (counts: JsonValue | undefined): string =>
  Object.entries(objectOf(counts))
    .map(([status, count]) => `${status} ${shownOf(count)}`)
    .join(', ');

/** One event of a timeline: when, what happened, which code the vendor gave. */
export function eventLine(event: JsonObject): string {
  const code = shownOf(objectOf(event['provider'])['code']);
  return [localTime(shownOf(event['at'])), shownOf(event['text']), ...(code ? [`(${code})`] : [])].join('  ');
}
