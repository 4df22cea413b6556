import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { EXAMPLES, MARK } from './body-examples.js';
import { rawBodyOf } from './sandbox-remote.js';
import { onEachBackend } from './system.js';

const withMark = <T extends JsonObject>(value: T, mark: string): T =>
  JSON.parse(JSON.stringify(value).replaceAll(MARK, mark)) as T;

onEachBackend('what goes over the wire', (system) => {
  it.each(EXAMPLES)('on $channel is $what, byte for byte', async ({ channel, content, options, recipients, body }) => {
    const { api, given, sandbox } = system();
    await sandbox.addPeople({ ids: ['chenwei', 'liu.fang'] });
    const mark = given.text('exact');
    const template = await given.template(channel, {
      content: withMark(content, mark),
      dedupe: { content: null },
      ...(options && { options }),
    });
    const message = await api.sendAndSettle(template.message('', { recipients: [...(recipients ?? [])] }));
    expect(message).toMatchObject({ status: 'sent' });
    const expected = withMark(body, mark);
    if ('msgUuid' in expected) expected['msgUuid'] = `${message.id}-1`;
    expect(rawBodyOf(await sandbox.only(mark))).toBe(JSON.stringify(expected));
  });

  it('carries signature, token and key in the query, and JSON in UTF-8', async () => {
    const { api, given, sandbox } = system();
    const queries: Record<string, string[]> = {};
    for (const channel of ['wecom-app', 'wecom-robot', 'dingtalk-robot', 'dingtalk-work']) {
      const template = await given.template(channel);
      const text = given.text('查询');
      const recipients = channel.includes('robot') ? [] : ['zhangsan'];
      await api.sendAndSettle(template.message(text, { recipients }));
      const { request } = await sandbox.only(text);
      expect(request.headers['content-type']).toMatch(/^application\/json/);
      queries[channel] = Object.keys(request.query);
    }
    expect(queries).toEqual({
      'wecom-app': ['access_token'],
      'wecom-robot': ['key'],
      'dingtalk-robot': ['access_token', 'timestamp', 'sign'],
      'dingtalk-work': ['access_token'],
    });
  });
});
