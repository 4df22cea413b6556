import { expect, it } from '@jest/globals';
import { TEST_ADMIN_KEY, waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

async function upload({ apiUrl }: System, template: string, file: string, key = TEST_ADMIN_KEY): Promise<AnswerBody> {
  const answer = await fetch(`${apiUrl}/v1/messages/import?template=${template}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: file,
  });
  expect(answer.status).toBe(202);
  return answer.json();
}

const HELLO = { content: { kind: 'text', content: 'hello {{name}} {{mark}}' } };

onEachBackend('an import', (system) => {
  it('tells what is wrong with lines in the language of its reader', async () => {
    const { api, given } = system();
    const { code } = await given.template('wecom-app', HELLO);
    const mark = given.text('faults');
    const lines = [`,无名,${mark}`, `lisi,,${mark}`, `a|b,x,${mark}`, `u1,${'长'.repeat(2_100)},${mark}`];
    const { id } = await upload(system(), code, `user,name,mark\n${lines.join('\n')}\n`);
    const isDone = async (): Promise<boolean> => (await api.read(`/v1/imports/${id}`)).status === 'finished';
    await waitFor(isDone, { deadlineMs: 30_000, intervalMs: 50, what: 'the end of the import' });
    const read = async (language: string): Promise<string[]> => {
      const answer = await api.get(`/v1/imports/${id}/rows?outcome=faulty`, { 'accept-language': language });
      return answer.body.data.map(({ faults: [fault] }: AnswerBody) => fault.message);
    };
    expect(await read('zh-CN')).toEqual([
      '缺少收件人',
      '缺少模板变量：name',
      '收件人标识无效',
      expect.stringMatching(/^渲染后的内容过长（\d+，最多 2048 字节）$/),
    ]);
    for (const text of await read('en')) expect(text).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('of another caller is none of the business of a key that sees its own only', async () => {
    const { api, database, given } = system();
    const { code } = await given.template('wecom-app', HELLO);
    const file = `user,name,mark\nlisi,Li,${given.text('mine')}\n`;
    const owner = await given.newKey({ caller: await given.caller(), preset: 'operator' });
    const stranger = await given.newKey({ caller: await given.caller(), preset: 'operator' });
    const { id } = await upload(system(), code, file, owner.key);
    // The preset has no right to imports yet: a key of it that has one sees what its caller imported.
    await database.query(`UPDATE api_key SET preset = 'caller' WHERE id = ANY ($1)`, [[owner.id, stranger.id]]);
    const mine = api.as((await api.do(`/v1/api-keys/${owner.id}/rotate`)).key);
    const other = api.as((await api.do(`/v1/api-keys/${stranger.id}/rotate`)).key);
    expect((await mine.list('/v1/imports')).map((found) => found.id)).toEqual([id]);
    expect(await other.list('/v1/imports')).toEqual([]);
    for (const path of ['', '/rows', '/faults']) {
      expect((await mine.get(`/v1/imports/${id}${path}`)).status).toBe(200);
      expect((await other.get(`/v1/imports/${id}${path}`)).status).toBe(404);
    }
    expect((await other.post(`/v1/imports/${id}/cancel`)).status).toBe(404);
  });
});
