import type { JsonObject } from '#libs/core';
import { Refusal } from '../../exchange/refusal.js';
import { contentOf, optionalInteger } from '../wecom-body.js';
import { APP_KINDS } from './app-kinds.js';
import { judgeCard, type JudgedCard } from './card-content.js';
import { APP_CARDS } from './card-rules.js';
import { ContentPart, type JudgeContext } from './content-part.js';

export interface JudgedContent extends JudgedCard {
  readonly msgtype: string;
}

const TEMPLATE_CARD = 'template_card';
const EVERY_KIND = [...Object.keys(APP_KINDS), TEMPLATE_CARD];

/** Which types take which switches; elsewhere they are ignored. */
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  safe: ['text', 'image', 'video', 'file', 'mpnews'],
  enable_id_trans: ['text', 'textcard', 'news', 'mpnews', 'miniprogram_notice', TEMPLATE_CARD],
  enable_duplicate_check: EVERY_KIND,
};

function judgeSwitch(body: JsonObject, name: string, msgtype: string, notes: string[]): void {
  const value = optionalInteger(body, name, notes);
  if (value === undefined) return;
  const isStoredOnly = name === 'safe' && msgtype === 'mpnews' && value === 2;
  if (value !== 0 && value !== 1 && !isStoredOnly) throw new Refusal(40035, `invalid ${name}`);
  if (name === 'safe' && msgtype === 'news' && value === 1) throw new Refusal(40074, 'news cannot be confidential');
  if (!SWITCHES[name]?.includes(msgtype)) notes.push(`${name} means nothing for ${msgtype}`);
}

/** Judges message type, content and switches of an app message. */
export function judgeAppContent(body: JsonObject, context: Omit<JudgeContext, 'soft'>): JudgedContent {
  const { msgtype } = body;
  if (typeof msgtype !== 'string' || !EVERY_KIND.includes(msgtype)) throw new Refusal(40008, 'invalid message type');
  const content = contentOf(body, msgtype);
  const judge = APP_KINDS[msgtype];
  const card = judge ? undefined : judgeCard(content, APP_CARDS, context);
  judge?.(new ContentPart(content, msgtype, { ...context, soft: {} }));
  for (const name of Object.keys(SWITCHES)) judgeSwitch(body, name, msgtype, context.notes);
  return { msgtype, taskId: '', callsBack: false, ...card };
}

const DEFAULT_INTERVAL_S = 1800;
const LONGEST_INTERVAL_S = 14_400;

/** Seconds of the duplicate check; undefined when it is off. */
export function duplicateInterval(body: JsonObject, notes: string[]): number | undefined {
  const interval = optionalInteger(body, 'duplicate_check_interval', notes) ?? DEFAULT_INTERVAL_S;
  if (interval < 1 || interval > LONGEST_INTERVAL_S) throw new Refusal(40035, 'invalid duplicate_check_interval');
  return Number(body['enable_duplicate_check'] ?? 0) === 1 ? interval : undefined;
}
