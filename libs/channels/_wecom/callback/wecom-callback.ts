import { CallbackEnvelope } from '../../callback-envelope.js';
import {
  CallbackRefusedError,
  type CallbackRequest,
  type CallbackSupport,
  type ReceivedCallback,
} from '../../callback.js';
import { parseCallbackXml, textIn } from './callback-xml.js';
import { eventIn } from './wecom-event.js';

/** The fields of an account that a callback needs. */
export interface WecomCallbackAccount {
  readonly corpId: string;
  readonly callbackToken?: string;
  readonly callbackAesKey?: string;
}

const ECHO = /^\d{1,64}$/;
const PLAIN = 'text/plain; charset=utf-8';

/** Callbacks of an app: the check of its address (GET) and encrypted events (POST) (doc 90930, 90238, 90968). */
export const wecomCallback: CallbackSupport<WecomCallbackAccount> = {
  receive(account, request): ReceivedCallback {
    const envelope = envelopeOf(account);
    if (request.method === 'GET') {
      // A plus sign that came unescaped has been read as a blank.
      const echo = openWith(envelope, request, (request.query['echostr'] ?? '').replaceAll(' ', '+'));
      // The vendor asks with digits. An event sent here again by somebody who has seen it is not opened for them.
      if (!ECHO.test(echo)) throw new CallbackRefusedError('malformed');
      return { reply: { contentType: PLAIN, body: echo }, events: [] };
    }
    const outer = parseCallbackXml(Buffer.from(request.body).toString('utf8'));
    const text = openWith(envelope, request, textIn(outer, 'Encrypt'));
    return { reply: { contentType: PLAIN, body: 'success' }, events: [eventIn(parseCallbackXml(text))] };
  },
};

function envelopeOf({ callbackAesKey, callbackToken, corpId }: WecomCallbackAccount): CallbackEnvelope {
  if (callbackToken === undefined || callbackAesKey === undefined) throw new CallbackRefusedError('not_configured');
  return new CallbackEnvelope({ token: callbackToken, aesKey: callbackAesKey, owner: corpId });
}

function openWith(envelope: CallbackEnvelope, { now, query }: CallbackRequest, encrypted: string): string {
  const { msg_signature: signature = '', nonce = '', timestamp = '' } = query;
  if (!/^\d{1,12}$/.test(timestamp) || encrypted === '') throw new CallbackRefusedError('malformed');
  const times = { sentAtMs: Number(timestamp) * 1000, nowMs: now.getTime() };
  return envelope.open({ timestamp, nonce, encrypted }, signature, times);
}
