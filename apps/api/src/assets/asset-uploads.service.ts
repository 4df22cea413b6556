import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AccountMedia, AssetsService, LARGEST_ASSET_BYTES, type AssetEntity, type NewAsset } from '#libs/assets';
import type { MediaKind } from '#libs/channels';
import { InvariantError, ValidationError, type JsonObject } from '#libs/core';
import { AuditLog } from '#libs/security';
import { readFileForm } from '../http/index.js';
import type { UploadedAssetDto } from './asset.dto.js';
import { presentUpload } from './asset.presenter.js';
import { TransferSlots } from './transfer-slots.js';

/** Largest request: the file and the form around it. */
export const UPLOAD_LIMIT_BYTES = 21 * 1024 * 1024;

/** Files in memory at once: bounds the process at about 160 MiB. */
const UPLOADS = { total: 8, perCaller: 3 } as const;

const KINDS: readonly MediaKind[] = ['image', 'voice', 'video', 'file'];
const RULES = { part: 'file', maxBytes: LARGEST_ASSET_BYTES, fields: ['type'] } as const;

const isKind = (text: string): text is MediaKind => (KINDS as readonly string[]).includes(text);

/** Takes files out of requests. */
@Injectable()
export class AssetUploads {
  private readonly slots = new TransferSlots('uploaded', UPLOADS);

  constructor(
    @Inject(AssetsService) private readonly assets: AssetsService,
    @Inject(AccountMedia) private readonly accountMedia: AccountMedia,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /**
   * @throws ValidationError, BodyError as the form deserves
   * @throws UnavailableError while too many files are on their way
   */
  store(request: FastifyRequest): Promise<UploadedAssetDto> {
    return this.bounded(request, async () => {
      const asset = await this.assets.upload(await readAsset(request));
      await this.record(request, asset, {});
      return presentUpload(asset);
    });
  }

  /** As `store`, and to the vendor of the account at once. @throws the delivery errors of its channel */
  storeFor(account: string, request: FastifyRequest): Promise<UploadedAssetDto> {
    return this.bounded(request, async () => {
      const { asset, media } = await this.accountMedia.upload(account, await readAsset(request));
      await this.record(request, asset, { account });
      return presentUpload(asset, media);
    });
  }

  private async bounded<T>({ identity }: FastifyRequest, work: () => Promise<T>): Promise<T> {
    const giveBack = this.slots.take(identity?.callerId ?? '');
    try {
      return await work();
    } finally {
      giveBack();
    }
  }

  private async record({ id, identity }: FastifyRequest, asset: AssetEntity, more: JsonObject): Promise<void> {
    const { fileName, kind, sizeBytes } = asset;
    const details = { fileName, type: kind, sizeBytes, ...more };
    await this.audit.record({
      identity,
      action: 'asset.upload',
      object: `asset:${asset.id}`,
      details,
      requestId: id,
    });
  }
}

async function readAsset(request: FastifyRequest): Promise<NewAsset> {
  const { identity } = request;
  if (!identity) throw new InvariantError('An upload has no caller');
  const { bytes, fields, fileName } = await readFileForm(request, RULES);
  const { type: kind } = fields;
  if (kind !== undefined && !isKind(kind)) {
    const message = `must be one of ${KINDS.join(', ')}`;
    throw new ValidationError([{ pointer: '/type', code: 'invalid_value', message }]);
  }
  return { callerId: identity.callerId, fileName, bytes, ...(kind !== undefined && { kind }) };
}
