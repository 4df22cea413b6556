import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').then(
    (text) => text.trim() || undefined,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );

/** A secret that `npm start` made for itself. */
export interface KeptSecret {
  readonly value: string;
  readonly path: string;
  /** Made just now. */
  readonly isNew: boolean;
}

/** What one installation of `npm start` keeps between its runs. */
export class DataFolder {
  constructor(readonly path: string) {}

  /** Folder of the embedded database. */
  get database(): string {
    return join(this.path, 'postgres');
  }

  async ensure(): Promise<void> {
    await mkdir(this.path, { recursive: true });
  }

  ensureAdminKey(): Promise<KeptSecret> {
    return this.ensureSecret('admin-key', () => `hy_${randomBytes(24).toString('base64url')}`);
  }

  ensureEncryptionKey(): Promise<KeptSecret> {
    return this.ensureSecret('encryption-key', () => randomBytes(32).toString('base64'));
  }

  /** 1, 2, … over all runs: with it no two demo messages are equal. */
  async nextDemoNumber(): Promise<number> {
    const path = join(this.path, 'demo-counter');
    const next = (Number(await readIfThere(path)) || 0) + 1;
    await writeFile(path, `${next}\n`);
    return next;
  }

  private async ensureSecret(name: string, make: () => string): Promise<KeptSecret> {
    const path = join(this.path, name);
    const kept = await readIfThere(path);
    if (kept) return { value: kept, path, isNew: false };
    const value = make();
    await writeFile(path, `${value}\n`, { mode: 0o600 });
    return { value, path, isNew: true };
  }
}
