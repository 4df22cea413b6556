import { timingSafeEqual } from 'node:crypto';
import { isJsonObject, sha256, type JsonObject, type JsonValue } from '#libs/core';
import { CompatRefusedError, contentFrom, type CompatFault, type CompatQuery, type CompatSupport } from '../compat.js';
import { ROBOT_CONTENTS } from './contents/index.js';
import type { DingtalkRobotAccount } from './dingtalk-robot.account.js';
import { signature } from './dingtalk-robot.webhook.js';

/** The vendor's codes for what a robot may be refused for. */
const CODES: Readonly<Record<CompatFault, number>> = {
  missing_name: 40035,
  missing_secret: 40035,
  missing_credential: 40035,
  unknown_name: 300005,
  bad_secret: 300005,
  bad_credential: 300005,
  expired_token: 300005,
  bad_signature: 310000,
  stale_signature: 310000,
  no_right: 300005,
  malformed: 40035,
  unknown_kind: 400105,
  foreign_app: 300005,
  no_recipients: 40035,
  invalid: 40035,
  throttled: 130101,
  busy: -1,
};

/** A signature counts within one hour of its time. */
const TIMELY_MS = 3_600_000;

/** Tools that send to a group: `robot/send`. */
export const dingtalkRobotCompat: CompatSupport<DingtalkRobotAccount> = {
  send: {
    path: 'robot/send',
    credential: 'access_token',
    verify: verifySignature,
    read: (body) => ({
      content: contentFrom(ROBOT_CONTENTS, body),
      recipients: mentionsIn(body['at']),
      ...repeatKeyIn(body['msgUuid']),
    }),
    accepted: () => ({ errcode: 0, errmsg: 'ok' }),
  },
  credentialOf: ({ webhook }) => webhook,
  refused: (fault, message) => ({ errcode: CODES[fault], errmsg: message }),
};

/** A signature that is there must be right; without a secret on file nobody can tell. */
function verifySignature({ secret }: DingtalkRobotAccount, { sign, timestamp }: CompatQuery, now: Date): void {
  if (secret === undefined || sign === undefined) return;
  const sentAtMs = /^\d{1,15}$/.test(timestamp ?? '') ? Number(timestamp) : NaN;
  if (!(Math.abs(now.getTime() - sentAtMs) <= TIMELY_MS)) {
    throw new CompatRefusedError('stale_signature', 'invalid timestamp');
  }
  // A plus sign that came unescaped has been read as a blank.
  const given = sha256(sign.replaceAll(' ', '+'));
  if (timingSafeEqual(given, sha256(signature(timestamp ?? '', secret)))) return;
  throw new CompatRefusedError('bad_signature', 'sign not match');
}

function mentionsIn(at: JsonValue | undefined): JsonValue[] {
  if (!isJsonObject(at)) return [];
  return [
    ...textsIn(at, 'atMobiles').map((mobile) => ({ mobile })),
    ...textsIn(at, 'atUserIds').map((id) => ({ dingtalk: id })),
    ...(isYes(at['isAtAll']) ? [{ all: true }] : []),
  ];
}

const isYes = (value: JsonValue | undefined): boolean => value === true || value === 'true' || value === 'True';

function textsIn(at: JsonObject, name: string): string[] {
  const list = at[name];
  const texts = Array.isArray(list) ? list.flatMap((item) => (typeof item === 'string' ? [item.trim()] : [])) : [];
  return [...new Set(texts.filter(Boolean))];
}

const repeatKeyIn = (value: JsonValue | undefined): { readonly repeatKey?: string } =>
  typeof value === 'string' && value !== '' ? { repeatKey: value } : {};
