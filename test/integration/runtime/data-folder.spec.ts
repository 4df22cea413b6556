import { mkdtemp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { runFolder } from '#libs/testing';
import { DataFolder } from '../../../apps/standalone/src/data-folder.js';

let folder: DataFolder;

beforeEach(async () => {
  folder = new DataFolder(join(await mkdtemp(join(runFolder(), 'data-')), 'new', 'folder'));
  await folder.ensure();
});

describe('DataFolder', () => {
  it('makes an admin key once and finds it again', async () => {
    const made = await folder.ensureAdminKey();
    expect(made).toMatchObject({ isNew: true, value: expect.stringMatching(/^hy_[\x21-\x7e]{21,}$/) });
    expect(await folder.ensureAdminKey()).toEqual({ ...made, isNew: false });
  });

  it('makes an encryption key of 32 bytes', async () => {
    const { value } = await folder.ensureEncryptionKey();
    expect(Buffer.from(value, 'base64')).toHaveLength(32);
  });

  it('shows secrets to their owner alone', async () => {
    const secrets = [await folder.ensureAdminKey(), await folder.ensureEncryptionKey()];
    for (const { path } of secrets) expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('numbers the demos of all runs', async () => {
    expect(await folder.nextDemoNumber()).toBe(1);
    expect(await new DataFolder(folder.path).nextDemoNumber()).toBe(2);
  });
});
