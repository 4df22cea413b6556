import { describe, expect, it } from '@jest/globals';
import { AssetCheck, type AssetReader } from '#libs/assets';
import { ValidationError, type Fault, type JsonObject } from '#libs/core';
import { testChannels } from '../testing/test-channels.js';
import type { AccountLookup } from './account-lookup.js';
import { DefinitionValidator } from './definition-validator.js';

const accounts: AccountLookup = {
  find: (codes) =>
    Promise.resolve(
      new Map(codes.filter((code) => code !== 'nobody').map((code) => [code, { channel: `test-${code}` }])),
    ),
};

const reader = { find: () => Promise.resolve(new Map()) } as unknown as AssetReader;
const validator = new DefinitionValidator(testChannels(), accounts, new AssetCheck(reader));
const content = { kind: 'text', content: 'x' };

async function faultsOf(
  body: JsonObject,
  codeFault?: (code: string | undefined) => Fault | undefined,
): Promise<string[]> {
  const outcome = await validator
    .validate(body, { author: {}, ...(codeFault && { codeFault }) })
    .catch((error: unknown) => error);
  if (!(outcome instanceof ValidationError)) throw new TypeError('expected faults');
  return outcome.faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('DefinitionValidator', () => {
  it('takes accounts of the same channel', async () => {
    const routes = [{ channel: 'test-people', accounts: ['people'], content }];
    const { definition } = await validator.validate({ name: 'n', routes }, { author: {} });
    expect(definition.routes[0]?.accounts).toEqual(['people']);
  });

  it('refuses accounts that do not exist or belong to another channel, beside every other fault', async () => {
    const routes = [
      { channel: 'test-people', account: 'nobody', content },
      { channel: 'test-people', accounts: ['people', 'group'], content },
    ];
    expect(await faultsOf({ routes })).toEqual([
      '/name missing_field',
      '/routes/0/account unknown_account',
      '/routes/1/accounts/1 channel_mismatch',
    ]);
  });

  it('refuses references to files that do not exist', async () => {
    const picture = { kind: 'card', title: 'x', links: [{ title: 'y', picture: 'asset:a-1' }] };
    const routes = [{ channel: 'test-people', account: 'people', content: picture }];
    expect(await faultsOf({ name: 'n', routes })).toEqual(['/routes/0/content/links/0/picture asset_not_found']);
  });

  it('leaves references with a placeholder to the values, where the channel can make something of an asset', async () => {
    const account = { channel: 'test-people', account: 'people' };
    const withPicture = (picture: string): JsonObject => ({
      name: 'n',
      routes: [{ ...account, content: { kind: 'card', title: 'x', links: [{ title: 'y', picture }] } }],
    });
    await expect(validator.validate(withPicture('{{file}}'), { author: {} })).resolves.toHaveProperty('definition');
    await expect(validator.validate(withPicture('asset:{{file}}'), { author: {} })).resolves.toHaveProperty(
      'definition',
    );
    const unfit = {
      name: 'n',
      routes: [{ ...account, content: { kind: 'card', title: 'x', film: 'asset:{{file}}' } }],
    };
    expect(await faultsOf(unfit)).toEqual(['/routes/0/content/film asset_not_supported']);
  });

  it('takes what looks like a reference for text where no file can stand', async () => {
    const routes = [{ channel: 'test-people', account: 'people', content: { ...content, content: 'asset:a-1' } }];
    await expect(validator.validate({ name: 'n', routes }, { author: {} })).resolves.toHaveProperty('definition');
  });

  it('tells a missing code, but a malformed one only once', async () => {
    const missing = (): Fault => ({ pointer: '/code', code: 'missing_field', message: 'code is required' });
    const routes = [{ channel: 'test-people', account: 'people', content }];
    expect(await faultsOf({ name: 'n', routes }, missing)).toEqual(['/code missing_field']);
    expect(await faultsOf({ name: 'n', routes, code: 'A B' }, missing)).toEqual(['/code invalid_value']);
  });
});
