import { Inject, Injectable } from '@nestjs/common';
import type { MediaKind } from '#libs/channels';
import { NotFoundError, ValidationError, isUuid, newId, sha256, type Fault } from '#libs/core';
import type { Alongside } from '#libs/database';
import type { AssetVisibility } from './asset-check.js';
import type { AssetEntity } from './asset.entity.js';
import type { AssetFile } from './asset-files.js';
import { AssetsRepository } from './assets.repository.js';
import { recogniseFile } from './file-kind.js';
import { safeFileName } from './file-name.js';

/** Largest file: 20 MiB. */
export const LARGEST_ASSET_BYTES = 20 * 1024 * 1024;

/** A file as somebody uploads it. */
export interface NewAsset {
  readonly callerId: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  /** Absent: what the bytes are. */
  readonly kind?: MediaKind;
}

const fault = (pointer: string, code: string, message: string, figures: Partial<Fault> = {}): ValidationError =>
  new ValidationError([{ pointer, code, message, ...figures }]);

const unknownAsset = (): NotFoundError => new NotFoundError('There is no such asset');

/** Uploaded files as callers and operators handle them. */
@Injectable()
export class AssetsService {
  constructor(@Inject(AssetsRepository) private readonly assets: AssetsRepository) {}

  /**
   * Stores a file. Two uploads are two assets, also of the same bytes: deleting one must not touch the other.
   * @throws ValidationError `file_empty`, `payload_too_large` (HTTP 413), `asset_kind_mismatch` when the bytes are no
   * picture, recording or film although the caller says so
   */
  async upload({ bytes, callerId, fileName, kind }: NewAsset): Promise<AssetEntity> {
    requireSize(bytes.length);
    const name = safeFileName(fileName);
    const recognised = await recogniseFile(bytes, name);
    if (kind !== undefined && kind !== 'file' && kind !== recognised.kind) {
      throw fault('/type', 'asset_kind_mismatch', `The bytes are no ${kind} but ${recognised.contentType}`);
    }
    const id = newId();
    return this.assets.insert({
      id,
      callerId,
      fileName: name,
      contentType: recognised.contentType,
      format: recognised.format,
      kind: kind ?? recognised.kind,
      sizeBytes: bytes.length,
      sha256: sha256(bytes),
      bytes,
    });
  }

  /** Newest first, those before the asset `before`. */
  list(visibility: AssetVisibility, limit: number, before?: string): Promise<AssetEntity[]> {
    return this.assets.list(visibility, limit, before);
  }

  /** @throws NotFoundError also for somebody else's */
  async get(id: string, visibility: AssetVisibility): Promise<AssetEntity> {
    const asset = isUuid(id) ? await this.assets.find(id, visibility) : undefined;
    if (!asset) throw unknownAsset();
    return asset;
  }

  /** @throws NotFoundError also for somebody else's */
  async getFile(id: string, visibility: AssetVisibility): Promise<AssetFile> {
    await this.get(id, visibility);
    const file = await this.assets.findFile(id);
    if (!file) throw unknownAsset();
    return file;
  }

  /**
   * Deletes an asset with its media ids. Messages that wait for it fail with the reason `asset_gone`.
   * @throws NotFoundError
   * @throws ConflictError `in_use` while the newest or published version of a template names it
   */
  async delete(id: string, visibility: AssetVisibility, alongside?: Alongside): Promise<void> {
    await this.get(id, visibility);
    await this.assets.delete(id, alongside);
  }

  /** Takes back an upload that came to nothing. */
  async discard(id: string): Promise<void> {
    await this.assets.discard(id);
  }
}

function requireSize(size: number): void {
  if (size === 0) throw fault('/file', 'file_empty', 'The file is empty');
  if (size > LARGEST_ASSET_BYTES) throw tooLarge();
}

const tooLarge = (): ValidationError =>
  fault('/file', 'payload_too_large', `must not be larger than ${LARGEST_ASSET_BYTES} bytes`, {
    limit: LARGEST_ASSET_BYTES,
    unit: 'bytes',
  });
