import type { AssetEntity, ObtainedMedia } from '#libs/assets';
import type { AssetDto, UploadedAssetDto } from './asset.dto.js';

export const presentAsset = (asset: AssetEntity): AssetDto => ({
  assetId: asset.id,
  type: asset.kind,
  fileName: asset.fileName,
  contentType: asset.contentType,
  sizeBytes: asset.sizeBytes,
  sha256: asset.sha256.toString('hex'),
  createdAt: asset.createdAt.toISOString(),
});

export const presentUpload = (asset: AssetEntity, media?: ObtainedMedia): UploadedAssetDto => ({
  ...presentAsset(asset),
  mediaId: media?.value ?? null,
  expiresAt: media?.expiresAt?.toISOString() ?? null,
});
