import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';

/** What a reader or a vendor gets of an asset. */
export interface AssetFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

interface Held extends Omit<AssetFile, 'bytes'> {
  readonly bytes: WeakRef<Buffer>;
}

/** Entries beyond which those whose bytes nobody holds any more are dropped. */
const MOST_HELD = 1_000;

/**
 * The bytes of assets, up to 20 MiB each, in this process at most once each: as long as anybody holds them, everybody
 * else gets the same ones. They never change.
 */
@Injectable()
export class AssetFiles {
  private readonly held = new Map<string, Held>();
  private readonly readings = new Map<string, Promise<AssetFile | undefined>>();

  constructor(@Inject(Database) private readonly database: Database) {}

  async find(id: string): Promise<AssetFile | undefined> {
    const { bytes: ref, ...rest } = this.held.get(id) ?? {};
    const bytes = ref?.deref();
    if (bytes) return { ...(rest as Omit<AssetFile, 'bytes'>), bytes };
    const running = this.readings.get(id);
    if (running) return running;
    const reading = this.read(id).finally(() => this.readings.delete(id));
    this.readings.set(id, reading);
    return reading;
  }

  /** Makes this process read the asset anew. */
  forget(id: string): void {
    this.held.delete(id);
  }

  private async read(id: string): Promise<AssetFile | undefined> {
    const [file] = await this.database.query<AssetFile>(
      'SELECT file_name AS "fileName", content_type AS "contentType", bytes FROM asset WHERE id = $1',
      [id],
    );
    if (!file) return undefined;
    if (this.held.size >= MOST_HELD) this.dropDead();
    this.held.set(id, { ...file, bytes: new WeakRef(file.bytes) });
    return file;
  }

  private dropDead(): void {
    for (const [id, { bytes }] of this.held) if (!bytes.deref()) this.held.delete(id);
  }
}
