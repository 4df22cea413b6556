import { CHANNELS, type ChannelDefinition } from '#libs/channels';
import type { JsonObject, JsonValue } from '#libs/core';
import type { DescribedApi, Request } from './described-api.js';

/** Named as the examples of the description name them. */
export interface Fixtures {
  readonly channel: ChannelDefinition;
  readonly key: string;
  /** A second one of each, for calls that end things. */
  readonly spareKey: string;
  readonly message: string;
  readonly spareMessage: string;
  readonly recall: string;
  readonly asset: string;
  readonly replays: string;
  readonly import: string;
  readonly sync: string;
  readonly webhook: string;
  readonly spareWebhook: string;
  readonly webhookEvent: string;
}

export interface Recipe {
  /** Put over the example; null leaves a member out. */
  readonly body?: JsonObject;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, JsonValue>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of JSON: a form with this file. */
  readonly file?: Buffer;
  /** For calls whose success needs what only a worker or a vendor can bring about. Their success has tests of its own. */
  readonly answers?: { readonly status: number; readonly code: string };
}

const HOUR_MS = 3_600_000;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const SEND: JsonObject = { sendAt: null, delaySeconds: null, expireAt: new Date(Date.now() + HOUR_MS).toISOString() };

/** The example of a body with a recipe's members put over it. */
export const patched = (example: JsonObject | undefined, patch: JsonObject = {}): JsonObject =>
  Object.fromEntries(Object.entries({ ...example, ...patch }).filter(([, value]) => value !== null));

const named = (channel: ChannelDefinition, code: string): JsonObject => ({
  code,
  name: code,
  channel: channel.name,
  config: channel.sandbox.account,
  baseUrl: 'sandbox',
});

/** What the examples speak of: caller `erp`, account `sales-app`, template `order-paid`. */
export async function arrange(api: DescribedApi): Promise<Fixtures> {
  const [channel] = CHANNELS;
  if (!channel) throw new Error('There is no channel');
  await api.do('post /v1/callers', { body: { code: 'erp', name: 'ERP' } });
  for (const code of ['sales-app', 'spare-app']) await api.do('post /v1/accounts', { body: named(channel, code) });
  const content = { kind: 'text', content: '订单 {{orderId}} 已付款' };
  for (const code of ['order-paid', 'spare']) {
    const routes = [{ channel: channel.name, account: 'sales-app', content }];
    await api.do('post /v1/templates', { body: { code, name: code, routes } });
    await api.do('post /v1/templates/{code}/versions/{version}/publish', { path: { code, version: '1' } });
  }
  const keyOf = (name: string): Promise<{ id: string }> =>
    api.do('post /v1/api-keys', { body: { caller: 'erp', name, preset: 'caller' } });
  const sent = await api.do('post /v1/messages', { body: message });
  const spare = await api.do('post /v1/messages', { body: message });
  const again = await api.do('post /v1/messages', { body: message });
  const recall = await api.do('post /v1/messages/{id}/recall', { path: { id: again.id }, body: {} });
  const replays = await api.do('post /v1/dead-letters/replay', { body: { filter: { reason: ['none'] } } });
  const imported = await api.do('post /v1/messages/import', {
    query: { template: 'order-paid' },
    body: 'user,orderId\nzhangsan,A1\n',
    headers: { 'content-type': 'text/csv' },
  });
  for (const user of ['E1001', 'E1003', 'E1004']) {
    const identities = [{ family: channel.family, providerUserId: user === 'E1001' ? 'zhangsan' : user }];
    await api.do('post /v1/people', { body: { user, name: user, identities } });
  }
  const sync = await api.do('post /v1/directory/sync', { body: { account: 'sales-app' } });
  const customers = CHANNELS.find((candidate) => candidate.customers);
  if (customers) await api.do('post /v1/accounts', { body: named(customers, 'sales-customers') });
  const hook = { name: 'ERP', url: 'https://erp.corp.example/hooks' };
  const webhook = await api.do('post /v1/webhooks', { body: hook });
  const spareWebhook = await api.do('post /v1/webhooks', { body: hook });
  const told = await api.do('post /v1/webhooks/{id}/test', { path: { id: webhook.id } });
  const asset = await api.upload('post /v1/assets', {}, PNG);
  return {
    channel,
    key: (await keyOf('one')).id,
    spareKey: (await keyOf('two')).id,
    message: sent.id,
    spareMessage: spare.id,
    recall: recall.id,
    asset: asset.assetId,
    replays: replays.id,
    import: imported.id,
    sync: sync.id,
    webhook: webhook.id,
    spareWebhook: spareWebhook.id,
    webhookEvent: told['eventId'] as string,
  };
}

const message: JsonObject = { template: 'order-paid', recipients: ['zhangsan'], params: { orderId: 'A1' } };

/** Path parameters by what a path is about, the longest beginning that fits. */
export function pathOf(path: string, fixtures: Fixtures): Readonly<Record<string, string>> {
  const beginnings: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['/v1/messages/', { id: fixtures.message }],
    ['/v1/recipients/', { ref: 'user:zhangsan' }],
    ['/v1/recalls/', { id: fixtures.recall }],
    ['/v1/api-keys/', { id: fixtures.key }],
    ['/v1/assets/', { id: fixtures.asset }],
    ['/v1/people/', { user: 'E1001', family: fixtures.channel.family }],
    ['/v1/directory/syncs/', { id: fixtures.sync }],
    ['/v1/directory/conflicts/', { id: fixtures.sync }],
    ['/v1/customers/', { account: 'sales-customers', customer: 'wmSandboxCustomer0001' }],
    ['/v1/directory/', { family: fixtures.channel.family }],
    ['/v1/dead-letters/replays/', { id: fixtures.replays }],
    ['/v1/imports/', { id: fixtures.import }],
    ['/v1/webhooks/', { id: fixtures.webhook, eventId: fixtures.webhookEvent }],
    ['/v1/callers/', { code: 'erp' }],
    ['/v1/accounts/', { code: 'sales-app' }],
    ['/v1/templates/', { code: 'order-paid', version: '1' }],
    ['/v1/channels/', { name: fixtures.channel.name }],
    ['/v1/queues/', { channel: fixtures.channel.name }],
  ];
  const [, values = {}] = beginnings.find(([beginning]) => path.startsWith(beginning)) ?? [];
  return values;
}

/** What the examples alone cannot say. A call that is not here must succeed as it is described. */
export function recipesFor({
  channel,
  message: id,
  recall,
  spareKey,
  spareMessage,
  spareWebhook,
}: Fixtures): Readonly<Record<string, Recipe>> {
  const route = {
    channel: channel.name,
    account: 'sales-app',
    accounts: null,
    content: { kind: 'text', content: 'x' },
  };
  const template = { routes: [patched(route)], fallback: null, quietHours: null };
  const account = { config: channel.sandbox.account, limits: null, baseUrl: 'sandbox', proxyUrl: null };
  return {
    'get /v1/callbacks/{family}/{account}': { answers: { status: 403, code: 'forbidden' } },
    'post /v1/callbacks/{family}/{account}': { answers: { status: 403, code: 'forbidden' } },
    'post /v1/callers': { body: { code: 'crm' } },
    'delete /v1/api-keys/{id}': { path: { id: spareKey } },
    'post /v1/accounts': { body: { ...account, channel: channel.name, code: 'another-app' } },
    'put /v1/accounts/{code}': { body: account },
    'delete /v1/accounts/{code}': { path: { code: 'spare-app' } },
    'post /v1/people': { body: { user: 'E1002', identities: null } },
    'post /v1/people/import': { file: Buffer.from('user,name\nE1005,A\n') },
    'delete /v1/people/{user}': { path: { user: 'E1003' } },
    'delete /v1/people/{user}/identities/{family}': { path: { user: 'E1004' } },
    // A worker has to read them first.
    'get /v1/customers/{account}/{customer}': { answers: { status: 404, code: 'not_found' } },
    'post /v1/directory/conflicts/{id}/resolve': { answers: { status: 404, code: 'not_found' } },
    'post /v1/directory/{family}/oauth': { answers: { status: 422, code: 'login_code_refused' } },
    'get /v1/directory/{family}/oauth-url': {
      query: { account: 'sales-app', redirectUri: 'https://hr.corp.example/bind', state: 'n4fk2' },
    },
    'post /v1/assets': { file: PNG },
    'post /v1/accounts/{code}/media': { file: PNG },
    'post /v1/templates': { body: { ...template, code: 'another' } },
    'put /v1/templates/{code}': { body: template, path: { code: 'spare' } },
    'delete /v1/templates/{code}': { path: { code: 'spare' } },
    'post /v1/templates/preview': { body: { template: patched({ name: 'x' }, template) } },
    'post /v1/templates/{code}/test': { body: { version: 1, recipients: ['zhangsan'], params: { orderId: 'A1' } } },
    'post /v1/messages': { body: SEND },
    'post /v1/messages/batch': { body: { messages: [patched(message, { businessKey: 'batch:1' })] } },
    'post /v1/messages/import': {
      query: { template: 'order-paid' },
      answers: { status: 415, code: 'unsupported_media_type' },
    },
    'post /v1/messages/{id}/replay': { answers: { status: 409, code: 'recalled' } },
    'post /v1/messages/{id}/send-now': { answers: { status: 409, code: 'nothing_to_hurry' } },
    'get /v1/search': { query: { q: 'order-paid' } },
    'get /v1/downloads/{token}': { answers: { status: 404, code: 'not_found' } },
    'post /v1/messages/{id}/resolve': { answers: { status: 409, code: 'not_resolvable' } },
    'post /v1/messages/{id}/cancel': { path: { id: spareMessage } },
    'post /v1/messages/{id}/card': { answers: { status: 409, code: 'card_not_updatable' } },
    // Nothing arrives there without a worker.
    'post /v1/sandbox/inbox/{id}/read': { answers: { status: 404, code: 'not_found' } },
    'post /v1/webhooks/{id}/replay': { body: { to: null, eventIds: null } },
    'delete /v1/webhooks/{id}': { path: { id: spareWebhook } },
    'post /v1/recalls': {
      body: {
        messageIds: [id],
        providerMsgIds: null,
        businessKey: null,
        template: null,
        createdAfter: null,
        createdBefore: null,
        correction: null,
        dryRun: true,
        dryRunToken: null,
      },
    },
    'get /v1/recalls/report': { query: { recall } },
  };
}

export const requestOf = (
  recipe: Recipe,
  example: JsonObject | undefined,
  path: Readonly<Record<string, string>>,
): Request => ({
  path: { ...path, ...recipe.path },
  ...(recipe.query && { query: recipe.query }),
  ...(recipe.headers && { headers: recipe.headers }),
  ...((example ?? recipe.body) && { body: patched(example, recipe.body) }),
});
