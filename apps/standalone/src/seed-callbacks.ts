import type { ChannelDefinition } from '#libs/channels';
import type { ApiClient } from './api-client.js';
import { accountCode } from './seed.js';

/**
 * Tells the sandbox where its apps call back, as a person would in a vendor's admin console. The sandbox keeps nothing, so
 * this happens at every start; an account of an earlier version that has no callback key stays without callbacks.
 */
export async function seedCallbacks(
  sandbox: ApiClient,
  apiUrl: string,
  channels: readonly ChannelDefinition[],
): Promise<void> {
  for (const channel of channels) {
    const { agentId, callbackAesKey, callbackToken } = channel.sandbox.account;
    if (!channel.callback || agentId === undefined || !callbackAesKey || !callbackToken) continue;
    await sandbox.expect([200, 400], 'POST', `/_sandbox/${channel.family}/callback`, {
      agentId,
      url: `${apiUrl}/v1/callbacks/${channel.family}/${accountCode(channel)}`,
      token: callbackToken,
      aesKey: callbackAesKey,
    });
  }
}
