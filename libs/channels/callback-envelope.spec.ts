import { describe, expect, it } from '@jest/globals';
import { CallbackEnvelope, type CallbackSecrets } from './callback-envelope.js';

interface Vector extends CallbackSecrets {
  readonly name: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypted: string;
  readonly signature: string;
  readonly text: string | RegExp;
}

const EASYWECHAT = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  owner: 'wx5823bf96d3bd56c7',
};
const OWN = {
  token: 'Dispatch2026Tok',
  aesKey: 'N3vqT8yLr0KfZ2bXcJ6hWm9sPdGuEa4QiRtY1oVxBzA',
  owner: 'ww1a2b3c4d5e6f7a8b',
  timestamp: '1760000000',
  nonce: 'n0nce-77',
};
const DEMO = {
  token: 'demoToken01',
  aesKey: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ',
  owner: 'dingdemoappkey0001',
  timestamp: '1700000000000',
  nonce: 'Nonce123',
};

/** From the vendors' pages and from SDKs of both; the last ones of each were made for this test with another library. */
const VECTORS: readonly Vector[] = [
  {
    name: 'a text message (doc 90968)',
    ...EASYWECHAT,
    timestamp: '1409659813',
    nonce: '1372623149',
    signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    encrypted:
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
    text: /<Content><!\[CDATA\[hello\]\]><\/Content>/,
  },
  {
    name: 'a check of the address (easywechat)',
    ...EASYWECHAT,
    timestamp: '1409659589',
    nonce: '263014780',
    signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    encrypted: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
    text: '1616140317555161061',
  },
  {
    name: 'a check of the address (go-workwx)',
    token: 'kjr2TKI8umCBfVF3wAHk8JiPwma5VBme',
    aesKey: '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws',
    owner: 'ww6a112864f8022910',
    timestamp: '1583940690',
    nonce: 'VHh7ymSeb0jc4lSb',
    signature: '1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb011',
    encrypted: '6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX3ZNt9w==',
    text: '94966531020182955848408',
  },
  {
    name: 'a check of the address (wechatpy)',
    token: '123456',
    aesKey: 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR',
    owner: 'wx49f0ab532d5d035a',
    timestamp: '1411443780',
    nonce: '437374425',
    signature: 'dd6b9c95b495b3f7e2901bfbc76c664930ffdb96',
    encrypted: '4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==',
    text: '5927782489442352469',
  },
  {
    name: 'padding of 24',
    ...OWN,
    signature: '4502640c91c321fd07849aa5d8af0a62dc7ef216',
    encrypted: 'xnVf5RkKHtNV1lLl28E4V4ZVIsdM6ZHhRESn3W48L/qvYmtbtfCVnzSnvLPMZTQhgmjrH33VmGKBqlac26qHLA==',
    text: 'ok',
  },
  {
    name: 'a whole block of padding',
    ...OWN,
    signature: 'fa8a72dc4203834eb0ee2ee5739934201518fef9',
    encrypted:
      'xnVf5RkKHtNV1lLl28E4V7TFiWealjKnc/pX0Mh3bZBgBWbL6E7D8aNdq2S//Z+ceyWAR/Sl+lsMy6xa+yQCVxJHhzdCIKGqci3d3vj5I9SDQX7jgSvQSRKVIOHXD57D',
    text: 'abcdefghijklmnopqrstuvwxyz',
  },
  {
    name: 'a length in bytes, not characters',
    ...OWN,
    signature: 'd8f313590152b906458c7807bae0d5e09d32b2f1',
    encrypted: 'xnVf5RkKHtNV1lLl28E4V9EEIltTvLlx+7yAi7NDX2nc2bQUz2T05YO8As8jqLg2f02xeaC5fxLmzTdb6Ov45Q==',
    text: '订单已发货',
  },
  {
    name: 'success (DingTalk, stream page)',
    token: '123456',
    aesKey: '1234567890123456789012345678901234567890123',
    owner: 'dingsnotzck6pm5veliw',
    timestamp: '1614767836',
    nonce: 'A7Co0cJLMzIDtMMI',
    signature: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
    encrypted: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
    text: 'success',
  },
  {
    name: 'check_url (DingTalk, official crypto samples)',
    token: 'mryue',
    aesKey: 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7',
    owner: 'ding6ccabc44d2c8d38b',
    timestamp: '1608001896814',
    nonce: 'WL4PK6yA',
    signature: '03044561471240d4a14bb09372dfcfd4fd0e40cb',
    encrypted:
      '0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3',
    text: '{"EventType":"check_url"}',
  },
  {
    name: 'a key with unused bits (DingTalk, Go sample)',
    token: 'tokenxxxx',
    aesKey: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
    owner: 'dingxxxxxx',
    timestamp: '1605695694141',
    nonce: 'WelUQl6bCqcBa2fM',
    signature: 'f36f4ba5337d426c7d4bca0dbcb06b3ddc1388fc',
    encrypted: 'X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ==',
    text: 'success',
  },
  {
    name: 'padding of one (DingTalk)',
    ...DEMO,
    signature: 'fb816087d06ff484b97f02258d5007ff1a436e84',
    encrypted: 'ErpPV0X+OcT3m4an613n1SxKJ5/sLMdIIxcA+fEjweZvD5K2x68GC28hhUtPgXsnMNEk6kD76DJ/7tdDMqQigg==',
    text: '{"EventType":"check_url"}',
  },
];

const [FIRST] = VECTORS;
if (!FIRST) throw new Error('There are no vectors');

/** As if it had arrived the moment it was sent. */
const openNow = ({ signature, ...vector }: Vector): string =>
  new CallbackEnvelope(vector).open(vector, signature, { sentAtMs: 0, nowMs: 0 });

describe('the envelope of a callback', () => {
  it.each(VECTORS)('opens $name', (vector) => {
    const { text } = vector;
    if (typeof text === 'string') expect(openNow(vector)).toBe(text);
    else expect(openNow(vector)).toMatch(text);
  });

  it.each([
    [
      'ok',
      'xnVf5RkKHtNV1lLl28E4V4ZVIsdM6ZHhRESn3W48L/qvYmtbtfCVnzSnvLPMZTQhgmjrH33VmGKBqlac26qHLA==',
      OWN,
      '0123456789abcdef',
    ],
    [
      'success',
      'ErpPV0X+OcT3m4an613n1WqQxcoDG8lpmNh35cLl4dV5VYzSj2pw0PoszomKyFYjBWprsLPKTe0I2vUH/HxNew==',
      DEMO,
      'ABCDEFGHIJKLMNOP',
    ],
    [
      '{"名称":"测试"}',
      'ErpPV0X+OcT3m4an613n1QZw/c0cN3p+KixGVjfArYhDnhNzTE3n4S6PEz2rHCdTqbMXqQLJA9bFZ0Ltm6c0Gg==',
      DEMO,
      'ABCDEFGHIJKLMNOP',
    ],
  ])('closes around %s as the vendors do', (text, encrypted, secrets, random) => {
    expect(new CallbackEnvelope(secrets).encrypt(text, Buffer.from(random))).toBe(encrypted);
  });

  it('of another signature, timestamp or nonce stays closed', () => {
    const changes = [
      { signature: FIRST.signature.replace(/.$/, '0') },
      { signature: '' },
      { timestamp: '1409659814' },
      { nonce: '1372623148' },
      { token: 'QDG6eL' },
    ];
    for (const change of changes) {
      expect(() => openNow({ ...FIRST, ...change })).toThrow(expect.objectContaining({ fault: 'bad_signature' }));
    }
  });

  it('with any single bit flipped stays closed, also for somebody who can sign', () => {
    const envelope = new CallbackEnvelope(FIRST);
    const bytes = Buffer.from(FIRST.encrypted, 'base64');
    const faults = new Set<string>();
    // Ends of the first and last blocks: lengths, owner and padding. A flip in the text is what the signature is for.
    for (const index of [15, 16, 17, 18, bytes.length - 1, bytes.length - 17, bytes.length - 33]) {
      const flipped = Buffer.from(bytes);
      flipped[index] = (flipped[index] ?? 0) ^ 0x40;
      const encrypted = flipped.toString('base64');
      expect(() => openNow({ ...FIRST, encrypted })).toThrow(expect.objectContaining({ fault: 'bad_signature' }));
      const signature = envelope.sign({ ...FIRST, encrypted });
      try {
        const text = openNow({ ...FIRST, encrypted, signature });
        expect(text).not.toMatch(FIRST.text);
      } catch (error) {
        faults.add((error as { fault: string }).fault);
      }
    }
    expect([...faults].sort()).toEqual(expect.arrayContaining(['undecipherable']));
  });

  it('meant for somebody else stays closed', () => {
    expect(() => openNow({ ...FIRST, owner: 'ww0000000000000000' })).toThrow(
      expect.objectContaining({ fault: 'foreign_owner' }),
    );
  });

  it.each([-301_000, 301_000, Number.NaN])('%s ms away from now is too old or too new', (sentAtMs) => {
    const envelope = new CallbackEnvelope(FIRST);
    expect(() => envelope.open(FIRST, FIRST.signature, { sentAtMs, nowMs: 0 })).toThrow(
      expect.objectContaining({ fault: 'stale' }),
    );
  });

  it.each(['', 'not base64!', 'QUJD', 'A'.repeat(64)])('holding "%s" is refused, not a crash', (encrypted) => {
    const envelope = new CallbackEnvelope(FIRST);
    const signature = envelope.sign({ ...FIRST, encrypted });
    expect(() => openNow({ ...FIRST, encrypted, signature })).toThrow(
      expect.objectContaining({ code: 'callback_refused' }),
    );
  });

  it('needs a key of 43 characters', () => {
    expect(() => new CallbackEnvelope({ ...FIRST, aesKey: 'short' })).toThrow(
      expect.objectContaining({ fault: 'not_configured' }),
    );
  });
});
