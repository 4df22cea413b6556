import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';

export type MediaType = 'image' | 'voice' | 'video' | 'file';

export interface NewUpload {
  /** The vendor's media id; unique per owner. */
  readonly id: string;
  /** Who may send it: a corp, an organisation or one robot. */
  readonly owner: string;
  readonly type: MediaType;
  readonly fileName: string;
  readonly contentType: string;
  readonly data: Buffer;
  /** Absent: it never expires. */
  readonly lifetimeMs?: number;
}

export interface Upload extends Omit<NewUpload, 'data' | 'lifetimeMs'> {
  /** Of the address under which the sandbox shows it. */
  readonly no: number;
  readonly bytes: number;
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  /** Undefined when newer uploads needed the room. */
  data: Buffer | undefined;
}

/** What a message says about a file. */
export interface MediaUse {
  readonly id: string;
  readonly owner: string;
  readonly type: MediaType;
}

const MOST_UPLOADS = 20_000;
/** Above it the oldest uploads lose their bytes, and keep their ids. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;

const keyOf = ({ id, owner }: Pick<MediaUse, 'id' | 'owner'>): string => `${owner} ${id}`;

/** The files that the vendors were given. */
@Injectable()
export class Uploads {
  /** Demo files: there from the start, and after every reset. */
  private readonly lasting = new Map<string, Upload>();
  /** Oldest first. */
  private readonly uploads = new Map<string, Upload>();
  private lastNo = 0;
  private keptBytes = 0;

  constructor(
    private readonly clock: SandboxClock,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.clear());
  }

  add(upload: NewUpload): Upload {
    this.makeRoom(upload.data.length);
    const added = this.admit(upload);
    this.uploads.set(keyOf(upload), added);
    this.keptBytes += added.bytes;
    return added;
  }

  addLasting(upload: NewUpload): void {
    this.lasting.set(keyOf(upload), this.admit(upload));
  }

  /** The owner's unexpired upload of this id. */
  find(use: Pick<MediaUse, 'id' | 'owner'>): Upload | undefined {
    const upload = this.lasting.get(keyOf(use)) ?? this.uploads.get(keyOf(use));
    const isExpired = upload?.expiresAtMs !== undefined && upload.expiresAtMs <= this.clock.nowMs();
    return isExpired ? undefined : upload;
  }

  findByNo(no: number): Upload | undefined {
    for (const uploads of [this.lasting, this.uploads]) {
      for (const upload of uploads.values()) if (upload.no === no) return upload;
    }
    return undefined;
  }

  private admit({ lifetimeMs, ...upload }: NewUpload): Upload {
    this.lastNo += 1;
    const createdAtMs = this.clock.nowMs();
    const end = lifetimeMs === undefined ? {} : { expiresAtMs: createdAtMs + lifetimeMs };
    // A copy: the upload is a piece of a larger buffer, the whole request.
    return {
      ...upload,
      no: this.lastNo,
      bytes: upload.data.length,
      createdAtMs,
      ...end,
      data: Buffer.from(upload.data),
    };
  }

  private makeRoom(bytes: number): void {
    for (const [key, upload] of this.uploads) {
      const isFull = this.uploads.size >= MOST_UPLOADS;
      if (!isFull && this.keptBytes + bytes <= MOST_KEPT_BYTES) return;
      this.keptBytes -= upload.data?.length ?? 0;
      upload.data = undefined;
      if (isFull) this.uploads.delete(key);
    }
  }

  private clear(): void {
    this.uploads.clear();
    this.keptBytes = 0;
  }
}
