import { describe, expect, it } from '@jest/globals';
import { ChannelRegistry, type ProviderErrorTable } from '#libs/channels';
import type { JsonObject } from '#libs/core';
import { letterChannel } from '../testing/test-channels.js';
import { ProviderWords } from './provider-words.js';

const NOT_TRUSTED = { zh: '出口 IP 不可信', en: 'The egress IP is not trusted' };
const ADD_IT = { zh: '加入可信 IP', en: 'Add it to the trusted IPs' };

const ERRORS: ProviderErrorTable = {
  '60020': { class: 'credentials', reason: 'ip_not_trusted', text: NOT_TRUSTED, remedy: ADD_IT },
  '-1': {
    class: 'retry',
    reason: 'provider_busy',
    text: { zh: '繁忙', en: 'Busy' },
    cases: [{ says: ['token'], class: 'token', reason: 'token_rejected', text: { zh: '令牌', en: 'Token' } }],
  },
};

const words = new ProviderWords(new ChannelRegistry([{ ...letterChannel(), errors: ERRORS }]));

const delivery = (provider: JsonObject, code = 'ip_not_trusted') => ({
  channel: 'letter',
  error: { code, message: 'Refused', provider: { name: 'wecom', message: 'your ip', ...provider } },
});

describe('what a vendor said', () => {
  it.each(['zh', 'en'] as const)('is explained in the language of the reader: %s', (language) => {
    const code = { channel: 'letter', code: '60020', reason: 'ip_not_trusted' };
    expect(words.explain(code, { language })).toEqual({
      name: 'wecom',
      code: '60020',
      text: NOT_TRUSTED[language],
      hint: ADD_IT[language],
    });
  });

  it('is explained as it was judged, where a code has several meanings', () => {
    const code = { channel: 'letter', code: '-1' };
    expect(words.explain({ ...code, reason: 'token_rejected' }, {})).toMatchObject({ text: 'Token' });
    expect(words.explain({ ...code, reason: 'provider_busy' }, {})).toMatchObject({ text: 'Busy' });
    expect(words.explain({ ...code, reason: null }, {})).toMatchObject({ text: 'Busy' });
  });

  it('is the bare code where nothing is known about it', () => {
    expect(words.explain({ channel: 'letter', code: '999', reason: null }, {})).toEqual({ name: 'wecom', code: '999' });
    expect(words.explain({ channel: 'gone', code: '60020', reason: null }, {})).toEqual({ code: '60020' });
  });
});

describe('the error of a delivery', () => {
  it('tells the address we called from to those who may know, and to nobody else', () => {
    const row = delivery({ code: '60020', callerIp: '203.0.113.7', supportId: '17' });
    const told = { name: 'wecom', code: '60020', message: 'your ip', supportId: '17', text: NOT_TRUSTED.en };
    const provider = { ...told, hint: ADD_IT.en };
    expect(words.errorOf(row, {})).toEqual({ ...row.error, provider });
    expect(words.errorOf(row, { seesAddresses: true })).toEqual({
      ...row.error,
      provider: { ...provider, callerIp: '203.0.113.7' },
    });
  });

  it('is told as it stands when no vendor spoke', () => {
    expect(words.errorOf({ channel: 'letter', error: null }, {})).toBeUndefined();
    const error = { code: 'connect_failed', message: 'Refused' };
    expect(words.errorOf({ channel: 'letter', error }, {})).toBe(error);
  });
});

describe('a recorded answer', () => {
  const answer = { errmsg: 'from ip: 203.0.113.7', list: ['2001:db8::1', 7, null] };

  it('is shown as it came to those who may know our addresses', () => {
    expect(words.answerFor(answer, { seesAddresses: true })).toBe(answer);
  });

  it('has addresses masked for everybody else', () => {
    expect(words.answerFor(answer, {})).toEqual({ errmsg: 'from ip: *.*.*.*', list: ['*:*', 7, null] });
    expect(words.answerFor('203.0.113.7', {})).toBe('*.*.*.*');
  });
});
