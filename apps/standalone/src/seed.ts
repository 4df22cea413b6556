import type { ChannelDefinition } from '#libs/channels';
import type { ApiClient } from './api-client.js';

export const accountCode = (channel: ChannelDefinition): string => `sandbox-${channel.name}`;
export const templateCode = (channel: ChannelDefinition): string => `demo-${channel.name}`;

/**
 * Makes an account on the sandbox and a published example template for every channel, through the API. What is there
 * already stays as it is, also when somebody changed it.
 */
export async function seedExamples(api: ApiClient, channels: readonly ChannelDefinition[]): Promise<void> {
  for (const channel of channels) {
    await ensureAccount(api, channel);
    await ensureTemplate(api, channel);
  }
}

async function ensureAccount(api: ApiClient, channel: ChannelDefinition): Promise<void> {
  await api.expect([201, 409], 'POST', '/v1/accounts', {
    code: accountCode(channel),
    name: `Sandbox: ${channel.label.en}`,
    channel: channel.name,
    config: channel.sandbox.account,
    baseUrl: 'sandbox',
  });
}

async function ensureTemplate(api: ApiClient, channel: ChannelDefinition): Promise<void> {
  const path = `/v1/templates/${templateCode(channel)}`;
  const created = await api.expect([201, 409], 'POST', '/v1/templates', {
    code: templateCode(channel),
    name: `Demo: ${channel.label.en}`,
    routes: [{ channel: channel.name, account: accountCode(channel), content: { ...channel.sandbox.content } }],
  });
  const { body: template } = created.status === 201 ? created : await api.expect([200, 404], 'GET', path);
  // A start that was interrupted here left the first version unpublished; a deleted example stays deleted.
  if (template['publishedVersion'] === null) await api.expect([200], 'POST', `${path}/versions/1/publish`);
}
