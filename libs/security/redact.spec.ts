import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#libs/core';
import { redact } from './redact.js';

const SECRET = 'Zx9-planted_secret.value';

describe('redact', () => {
  it.each([
    `https://vendor.example/gettoken?corpid=ww1&corpsecret=${SECRET}&debug=1`,
    `https://vendor.example/send?access_token=${SECRET}`,
    `https://vendor.example/webhook/send?key=${SECRET}`,
    `https://vendor.example/robot/send?timestamp=1&sign=${SECRET}&access_token=${SECRET}`,
    `gettoken?appkey=k&appsecret=${SECRET}`,
    `{"appSecret":"${SECRET}"}`,
    `{"msgid":"m1","response_code":"${SECRET}"}`,
    `{"password": "a\\"${SECRET}"}`,
    `body: "{\\"client_secret\\":\\"${SECRET}\\"}"`,
    `Authorization: Bearer ${SECRET}`,
    `postgres://hongyan:${SECRET}@db.internal/hongyan`,
    `hy_0123456789abcdef_${SECRET}`,
    `SEC${'a1b2'.repeat(10)}${SECRET}`.slice(0, 43),
  ])('masks the secret in %s', (text) => {
    const masked = redact(text);
    expect(masked).toContain('•••');
    expect(masked).not.toContain('planted_secret');
    expect(masked).not.toContain('a1b2');
  });

  it('finds a name whatever strokes it is written with', () => {
    expect(redact('a_c-cess_To-Ken=planted')).not.toContain('planted');
    expect(redact('{"callback-aes_key": "planted"}')).not.toContain('planted');
    expect(redact('/send?KEY=planted')).not.toContain('planted');
  });

  it('keeps what is no secret', () => {
    const text = 'https://vendor.example/send?corpid=ww1&debug=1 {"key":"button-1","content":"key=A123, token ring"}';
    expect(redact(text)).toBe(text);
  });

  it('masks members of JSON by name, whatever their type, and texts inside', () => {
    const masked = redact({
      url: `https://vendor.example/?key=${SECRET}`,
      Access_Token: SECRET,
      'x-acs-dingtalk-access-token': SECRET,
      list: [{ secret: { nested: SECRET } }, 7, null],
      button: { key: 'yes', text: 'Yes' },
      password: null,
    });
    expect(JSON.stringify(masked)).not.toContain('planted_secret');
    expect(masked).toMatchObject({
      button: { key: 'yes', text: 'Yes' },
      password: null,
      list: [{ secret: '•••' }, 7, null],
    });
  });

  it('survives JSON nested deeper than the stack', () => {
    const deep = JSON.parse(`${'['.repeat(200_000)}"${SECRET}"${']'.repeat(200_000)}`) as JsonValue;
    expect(JSON.stringify(redact(deep))).toMatch(/^\[{100}"•••"\]{100}$/);
  });

  it('keeps JSON text valid', () => {
    const text = JSON.stringify({ message: `secret=a\\"b key\n`, token: `t"${SECRET}\\`, next: 1 });
    expect(JSON.parse(redact(text))).toMatchObject({ token: '•••', next: 1 });
  });

  it('takes linear time on hostile text', () => {
    const hostile = `${'a-'.repeat(50_000)}${'"a'.repeat(50_000)}${'\\"'.repeat(50_000)}${'a://b:'.repeat(20_000)}`;
    const startedAt = performance.now();
    redact(hostile);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
