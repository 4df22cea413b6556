import { isJsonObject, sizeOf, type JsonValue } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { invalidParameter, missing } from './dingtalk-body.js';
import { MessageFields, type FieldRefusals, type Findings } from './message-fields.js';
import { WORK_KINDS } from './work-kinds.js';

const RISKY_BYTES = 2048;

const REFUSALS: FieldRefusals = {
  missing,
  invalid: invalidParameter,
  unknownMedia: () => new Refusal(40007, '不合法的media_id'),
};

/** Judges the `msg` of a work message; returns the message type. */
export function judgeWorkContent(msg: JsonValue | undefined, findings: Findings): string {
  if (msg === undefined || msg === null) throw missing('msg');
  if (!isJsonObject(msg)) throw invalidParameter();
  const { msgtype } = msg;
  const kind = typeof msgtype === 'string' && Object.hasOwn(WORK_KINDS, msgtype) ? WORK_KINDS[msgtype] : undefined;
  if (typeof msgtype !== 'string' || !kind) throw new Refusal(40008, '不合法的消息类型');
  const content = msg[msgtype];
  if (!isJsonObject(content)) throw kind.absent?.() ?? missing(`msg.${msgtype}`);
  const fields = new MessageFields(content, msgtype, REFUSALS, findings);
  kind.judge(fields, content);
  fields.noteUnknown();
  const { notes } = findings;
  if (Object.keys(msg).length > 2) notes.push('msg holds more than one message type');
  const size = sizeOf(JSON.stringify(msg), 'bytes');
  if (size > RISKY_BYTES) notes.push(`msg has ${size} bytes, over the 2048 of the send page`);
  return msgtype;
}
