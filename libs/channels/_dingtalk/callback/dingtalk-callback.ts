import { randomBytes } from 'node:crypto';
import { sha256, type JsonObject } from '#libs/core';
import { CallbackEnvelope } from '../../callback-envelope.js';
import {
  CallbackRefusedError,
  type CallbackEvent,
  type CallbackReply,
  type CallbackRequest,
  type CallbackSupport,
  type ReceivedCallback,
} from '../../callback.js';
import { jsonObjectIn } from '../../gateway-answer.js';

/** The fields of an account that a callback needs. */
export interface DingtalkCallbackAccount {
  readonly appKey: string;
  readonly callbackToken?: string;
  readonly callbackAesKey?: string;
}

/** The vendor's checks of the address: answered, no events. */
const CHECKS: readonly string[] = ['check_url', 'check_create_suite_url', 'check_update_suite_url'];

/** Kept with an event: ids, nothing that a person wrote. */
const KEPT = ['eventId', 'CorpId', 'BizId', 'ProcessQueryKey', 'RobotCode', 'OpenConversationId'];

const LONGEST_TEXT = 1024;

/**
 * Callbacks of an in-house app over HTTP, encrypted with the app key as the owner. The answer is the word `success` in an
 * envelope of its own.
 */
export const dingtalkCallback: CallbackSupport<DingtalkCallbackAccount> = {
  receive(account, request): ReceivedCallback {
    if (request.method !== 'POST') throw new CallbackRefusedError('malformed');
    const envelope = envelopeOf(account);
    const text = openWith(envelope, request);
    const document = jsonObjectIn(text);
    if (!document) throw new CallbackRefusedError('malformed');
    const type = textIn(document, 'EventType');
    const events = CHECKS.includes(type) ? [] : [eventIn(document, type, text)];
    return { reply: successIn(envelope, request.now), events };
  },
};

function envelopeOf({ appKey, callbackAesKey, callbackToken }: DingtalkCallbackAccount): CallbackEnvelope {
  if (callbackToken === undefined || callbackAesKey === undefined) throw new CallbackRefusedError('not_configured');
  return new CallbackEnvelope({ token: callbackToken, aesKey: callbackAesKey, owner: appKey });
}

/** Some pushes name the parameters otherwise: either form is taken. */
function openWith(envelope: CallbackEnvelope, { body, now, query }: CallbackRequest): string {
  const encrypted = textIn(jsonObjectIn(Buffer.from(body).toString('utf8')) ?? {}, 'encrypt');
  const timestamp = query['timestamp'] ?? query['timeStamp'] ?? '';
  const signature = query['signature'] ?? query['msg_signature'] ?? '';
  if (!/^\d{1,15}$/.test(timestamp) || encrypted === '') throw new CallbackRefusedError('malformed');
  const times = { sentAtMs: Number(timestamp), nowMs: now.getTime() };
  return envelope.open({ timestamp, nonce: query['nonce'] ?? '', encrypted }, signature, times);
}

function eventIn(document: JsonObject, type: string, text: string): CallbackEvent {
  const id = textIn(document, 'eventId');
  const user = textIn(document, 'UserId');
  const providerMsgId = textIn(document, 'ProcessQueryKey');
  const atMs = Number(document['EventTime'] ?? document['TimeStamp']);
  const kept = KEPT.map((name) => [name, textIn(document, name)] as const).filter(([, value]) => value !== '');
  return {
    type: type.slice(0, LONGEST_TEXT) || 'unnamed',
    identity: id === '' ? sha256(text).toString('hex') : JSON.stringify([type, id]),
    ...(user !== '' && { user }),
    ...(atMs > 0 && atMs < 1e14 && { happenedAt: new Date(atMs) }),
    details: Object.fromEntries(kept),
    ...(providerMsgId !== '' && { providerMsgId }),
  };
}

function successIn(envelope: CallbackEnvelope, now: Date): CallbackReply {
  const encrypted = envelope.encrypt('success');
  const timestamp = String(now.getTime());
  const nonce = randomBytes(8).toString('hex');
  const signature = envelope.sign({ timestamp, nonce, encrypted });
  const answer = { msg_signature: signature, timeStamp: timestamp, nonce, encrypt: encrypted };
  return { contentType: 'application/json; charset=utf-8', body: JSON.stringify(answer) };
}

function textIn(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value.slice(0, name === 'encrypt' ? undefined : LONGEST_TEXT) : '';
}
