import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { CallbackEnvelope } from '../../callback-envelope.js';
import type { CallbackRequest } from '../../callback.js';
import { dingtalkCallback } from './dingtalk-callback.js';

const ACCOUNT = {
  appKey: 'dingdemoappkey0001',
  callbackToken: 'demoToken01',
  callbackAesKey: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ',
};
const NOW = new Date(1_700_000_000_000);
const envelope = new CallbackEnvelope({
  token: ACCOUNT.callbackToken,
  aesKey: ACCOUNT.callbackAesKey,
  owner: ACCOUNT.appKey,
});

function request(document: JsonObject, changes: Partial<CallbackRequest> = {}): CallbackRequest {
  const parts = {
    timestamp: String(NOW.getTime()),
    nonce: 'Nonce123',
    encrypted: envelope.encrypt(JSON.stringify(document)),
  };
  return {
    method: 'POST',
    query: { signature: envelope.sign(parts), timestamp: parts.timestamp, nonce: parts.nonce },
    body: Buffer.from(JSON.stringify({ encrypt: parts.encrypted })),
    now: NOW,
    ...changes,
  };
}

const refusal = (fault: string): unknown => expect.objectContaining({ code: 'callback_refused', fault });

describe('a callback of DingTalk', () => {
  it('that checks the address is answered with the word success, in an envelope that the vendor can open', () => {
    const { events, reply } = dingtalkCallback.receive(ACCOUNT, request({ EventType: 'check_url' }));
    const { encrypt, msg_signature, nonce, timeStamp } = JSON.parse(reply.body) as Record<string, string>;
    const parts = { timestamp: timeStamp ?? '', nonce: nonce ?? '', encrypted: encrypt ?? '' };
    const times = { sentAtMs: Number(timeStamp), nowMs: NOW.getTime() };
    expect(envelope.open(parts, msg_signature ?? '', times)).toBe('success');
    expect(events).toEqual([]);
  });

  it('takes the parameters by either of their names', () => {
    const { query, ...rest } = request({ EventType: 'check_url' });
    const { nonce = '', signature = '', timestamp = '' } = query;
    const renamed = { ...rest, query: { msg_signature: signature, timeStamp: timestamp, nonce } };
    expect(dingtalkCallback.receive(ACCOUNT, renamed).events).toEqual([]);
  });

  it('about a message that was read names the message and the reader', () => {
    const read = {
      EventType: 'robot_msg_read',
      EventTime: 1_700_000_000_000,
      eventId: 'e-1',
      CorpId: 'ding1',
      UserId: 'manager01',
      ProcessQueryKey: 'pqk-1',
      RobotCode: 'robot-1',
    };
    const { events } = dingtalkCallback.receive(ACCOUNT, request(read));
    expect(events).toEqual([
      {
        type: 'robot_msg_read',
        identity: '["robot_msg_read","e-1"]',
        user: 'manager01',
        happenedAt: NOW,
        details: { eventId: 'e-1', CorpId: 'ding1', ProcessQueryKey: 'pqk-1', RobotCode: 'robot-1' },
        providerMsgId: 'pqk-1',
      },
    ]);
  });

  it('without an id of its own is told apart by its text', () => {
    const identityOf = (document: JsonObject): string | undefined =>
      dingtalkCallback.receive(ACCOUNT, request(document)).events[0]?.identity;
    expect(identityOf({ EventType: 'a', x: 1 })).toBe(identityOf({ EventType: 'a', x: 1 }));
    expect(identityOf({ EventType: 'a', x: 1 })).not.toBe(identityOf({ EventType: 'a', x: 2 }));
  });

  it('is refused when it is altered, foreign, old or no callback', () => {
    const good = request({ EventType: 'check_url' });
    const receive = (changes: Partial<CallbackRequest>, account = ACCOUNT) =>
      dingtalkCallback.receive(account, { ...good, ...changes });
    expect(() => receive({ query: { ...good.query, nonce: 'other' } })).toThrow(refusal('bad_signature'));
    expect(() => receive({ now: new Date(NOW.getTime() - 301_000) })).toThrow(refusal('stale'));
    expect(() => receive({}, { ...ACCOUNT, appKey: 'dingother' })).toThrow(refusal('foreign_owner'));
    expect(() => receive({ method: 'GET' })).toThrow(refusal('malformed'));
    expect(() => receive({ body: Buffer.from('<xml/>') })).toThrow(refusal('malformed'));
    expect(() => dingtalkCallback.receive({ appKey: ACCOUNT.appKey }, good)).toThrow(refusal('not_configured'));
  });
});
