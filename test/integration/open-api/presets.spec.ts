import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { PRESETS, PRESET_NAMES, isScope, type Preset } from '#libs/security';
import { ABSENT, DescribedApi, type Answer } from './described-api.js';
import type { Operation } from './operations.js';

const START_MS = 60_000;

/** Without a key at all: said here, so that a route does not become public by accident. */
const PUBLIC: readonly string[] = [
  'get /v1/callbacks/{family}/{account}',
  'post /v1/callbacks/{family}/{account}',
  // Keys and secrets travel as the tools know it; what is missing is told in their own form.
  'get /compat/wecom/cgi-bin/gettoken',
  'post /compat/wecom/cgi-bin/message/send',
  'post /compat/wecom/cgi-bin/webhook/send',
  'post /compat/dingtalk/robot/send',
  'post /compat/austin/send',
  'post /compat/austin/batchSend',
  'post /compat/austin/recall',
  // Whoever holds the link: it works once, for a minute.
  'get /v1/downloads/{token}',
  'get /health/live',
  'get /health/ready',
  // By default a key with stats:read is needed: HONGYAN_METRICS_PUBLIC decides.
  'get /metrics',
];

const isEnough = ({ security }: Operation, preset: Preset): boolean => {
  const scopes: readonly string[] = PRESETS[preset];
  return security.some((alternative) => alternative.every((scope) => scopes.includes(scope)));
};

/** The answer with what differs between any two requests left out. */
const bytesOf = ({ status, text }: Answer, id: string): string =>
  `${status} ${text
    .replaceAll(id, 'ID')
    .replaceAll(ABSENT, 'ID')
    .replaceAll(/"requestId":"[^"]*"/gu, '')}`;

describe('who may do what', () => {
  let api: DescribedApi;
  let keys: Readonly<Record<Preset, string>>;
  /** Things of one caller by the kind of thing, and its word that must not show up elsewhere. */
  let owned: { readonly message: string; readonly recall: string };
  const MARK = 'only-the-owner-may-see-this';

  const newKey = async (caller: string, preset: Preset): Promise<string> => {
    const { key } = await api.do('post /v1/api-keys', { body: { caller, name: `${caller} ${preset}`, preset } });
    return key;
  };

  beforeAll(async () => {
    api = await DescribedApi.start();
    for (const code of ['owner', 'stranger']) await api.do('post /v1/callers', { body: { code, name: code } });
    const made = PRESET_NAMES.map(async (preset) => [preset, await newKey('stranger', preset)] as const);
    keys = Object.fromEntries(await Promise.all(made)) as Record<Preset, string>;
    owned = await arrange(api, await newKey('owner', 'caller'), MARK);
  }, START_MS);
  afterAll(() => api.close());

  it('is written down for every call', () => {
    const open = api.operations.filter(({ security }) => security.length === 0).map(({ name }) => name);
    expect(open.sort()).toEqual([...PUBLIC].sort());
    const scopes = api.operations.flatMap(({ security }) => security.flat());
    expect(scopes.filter((scope) => !isScope(scope))).toEqual([]);
  });

  it.each(PRESET_NAMES)('is enforced on a %s exactly as it is written', async (preset) => {
    const wrong: string[] = [];
    for (const operation of api.operations.filter(({ security }) => security.length > 0)) {
      // Neither body nor address mean anything: only the gate can tell the presets apart.
      const answer = await api.call(operation, { key: keys[preset], ...(operation.body && { body: '[' }) });
      const isRefused = answer.status === 403 && (answer.body as JsonObject)['code'] === 'missing_scope';
      if (isRefused === isEnough(operation, preset)) wrong.push(`${operation.name}: ${answer.status}`);
      if (answer.status >= 500) wrong.push(`${operation.name}: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('a caller gets at nothing of another caller by its id, and cannot even tell that it is there', async () => {
    const told: string[] = [];
    for (const operation of api.operations.filter(({ path }) => path.includes('{'))) {
      for (const id of Object.values(owned)) {
        const [name] = /\{(\w+)\}/u.exec(operation.path)?.slice(1) ?? [];
        const ask = (value: string): Promise<Answer> =>
          api.call(operation, { key: keys.caller, path: { [name ?? '']: value }, ...(operation.body && { body: {} }) });
        const [foreign, absent] = [await ask(id), await ask(ABSENT)];
        if (bytesOf(foreign, id) !== bytesOf(absent, ABSENT)) told.push(`${operation.name}: ${foreign.text}`);
      }
    }
    expect(told).toEqual([]);
  });

  it('nothing that a caller can list names what belongs to another', async () => {
    const shown: string[] = [];
    for (const operation of api.operations.filter(({ method, path }) => method === 'get' && !path.includes('{'))) {
      const answer = await api.call(operation, { key: keys.caller });
      const words = [MARK, ...Object.values(owned)];
      if (words.some((word) => answer.text?.includes(word))) shown.push(operation.name);
    }
    expect(shown).toEqual([]);
    const own = await api.call(api.operation('get /v1/messages'), {});
    expect(own.text).toContain(owned.message);
  });
});

/** A message with a recall, both of the holder of the key. */
async function arrange(
  api: DescribedApi,
  key: string,
  mark: string,
): Promise<{ readonly message: string; readonly recall: string }> {
  const channels = (await api.do('get /v1/channels', {})) as unknown as {
    readonly data: readonly { readonly name: string }[];
  };
  const channel = channels.data.map(({ name }) => name).find((name) => name === 'wecom-robot') ?? '';
  await api.do('post /v1/accounts', {
    body: {
      code: 'group',
      name: 'Group',
      channel,
      config: { webhook: '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa' },
      baseUrl: 'sandbox',
    },
  });
  const route = { channel, account: 'group', content: { kind: 'text', content: '{{text}}' } };
  await api.do('post /v1/templates', { body: { code: 'note', name: 'Note', routes: [route] } });
  await api.do('post /v1/templates/{code}/versions/{version}/publish', { path: { code: 'note', version: '1' } });
  const sent = await api.do('post /v1/messages', {
    key,
    body: { template: 'note', params: { text: mark }, businessKey: mark, metadata: { mark } },
  });
  const recall = await api.do('post /v1/messages/{id}/recall', { key, path: { id: sent.id }, body: { note: mark } });
  return { message: sent.id, recall: recall.id };
}
