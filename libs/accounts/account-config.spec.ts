import { describe, expect, it } from '@jest/globals';
import { TextField, TextsField, type ChannelDefinition } from '#libs/channels';
import { checkConfig } from './account-config.js';
import { MASK } from './account-vault.js';

const label = { zh: '字段', en: 'Field' };

class RobotAccount {
  @TextField({ label, secret: true })
  webhook!: string;

  @TextField({ label, secret: true, required: false, allowEmpty: false })
  secret?: string;

  @TextsField({ label, required: false })
  keywords?: string[];
}

const channel = {
  account: RobotAccount,
  normalizeAccount: (config: RobotAccount) =>
    config.webhook.startsWith('https://')
      ? { config: { ...config, webhook: 'key' }, baseUrl: 'https://robots.corp.example', faults: [] }
      : {
          config,
          faults: config.webhook === 'bad' ? [{ pointer: '/webhook', code: 'invalid_value', message: 'is bad' }] : [],
        },
} as unknown as ChannelDefinition;

const stored = { webhook: 'stored-key', secret: 'stored-secret', keywords: ['订单'] };

describe('checking the config of an account', () => {
  it('keeps stored secrets that are absent or masked', () => {
    expect(checkConfig(channel, { webhook: MASK, keywords: [] }, stored).config).toEqual({
      webhook: 'stored-key',
      secret: 'stored-secret',
      keywords: [],
    });
  });

  it('replaces secrets that are given, and removes what is null or an absent field that is no secret', () => {
    expect(checkConfig(channel, { webhook: 'new-key', secret: null }, stored).config).toEqual({ webhook: 'new-key' });
  });

  it('does not take a mask for a secret where none is stored', () => {
    expect(checkConfig(channel, { webhook: MASK }).faults).toEqual([
      { pointer: '/config/webhook', code: 'missing_field', message: 'webhook is required' },
    ]);
  });

  it('tells every fault at once, pointing into the config', () => {
    const { faults } = checkConfig(channel, { webhook: 5, secret: '', extra: 1 });
    expect(faults.map(({ pointer, code }) => [pointer, code])).toEqual(
      expect.arrayContaining([
        ['/config/webhook', 'wrong_type'],
        ['/config/secret', 'content_empty'],
        ['/config/extra', 'unknown_field'],
      ]),
    );
  });

  it('takes the base address out of a pasted address and names its field', () => {
    expect(checkConfig(channel, { webhook: 'https://robots.corp.example/send?key=key' })).toEqual({
      config: { webhook: 'key' },
      baseUrl: 'https://robots.corp.example',
      baseUrlField: '/config/webhook',
      faults: [],
    });
  });

  it('prefixes the faults of the channel', () => {
    expect(checkConfig(channel, { webhook: 'bad' }).faults[0]?.pointer).toBe('/config/webhook');
  });
});
