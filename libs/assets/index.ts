export { AccountMedia } from './account-media.js';
export { AssetCheck, assetsSeenBy, type AssetVisibility, type CheckedContent } from './asset-check.js';
export { AssetReader } from './asset-reader.js';
export {
  assetReferences,
  mediaTexts,
  withVendorForms,
  type AssetReference,
  type MediaText,
} from './asset-references.js';
export { AssetEntity } from './asset.entity.js';
export { AssetsModule } from './assets.module.js';
export type { AssetFile } from './asset-files.js';
export { AssetsService, LARGEST_ASSET_BYTES, type NewAsset } from './assets.service.js';
export { formFor } from './media-form.js';
export type { MediaWish, ObtainedMedia } from './media-renewal.js';
export { assetGone, type UploadWish } from './media-upload.js';
export { MediaService } from './media.service.js';
