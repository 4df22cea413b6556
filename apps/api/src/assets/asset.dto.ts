import { ApiProperty } from '@nestjs/swagger';

const KINDS = ['image', 'voice', 'video', 'file'] as const;

/** The form in which a file travels. */
export class AssetFormDto {
  @ApiProperty({ type: 'string', format: 'binary', description: 'The file, with its name; at most 20 MiB' })
  file!: unknown;

  @ApiProperty({ enum: KINDS, required: false, description: 'Default: what the bytes are', example: 'image' })
  type?: string;
}

/** An uploaded file. */
export class AssetDto {
  @ApiProperty({ format: 'uuid', example: '019a4f3e-6f1c-7c3e-9d41-2f6a1b0c7d55' })
  assetId!: string;

  @ApiProperty({ enum: KINDS, example: 'image' })
  type!: string;

  @ApiProperty({ example: '巡检照片.png' })
  fileName!: string;

  @ApiProperty({ description: 'As recognised from the bytes', example: 'image/png' })
  contentType!: string;

  @ApiProperty({ description: 'Bytes', example: 48213 })
  sizeBytes!: number;

  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  sha256!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' })
  createdAt!: string;
}

/** An uploaded file, and what the vendor of an account calls it. */
export class UploadedAssetDto extends AssetDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null without an account, and where the channel knows no ids of such files',
    example: null,
  })
  mediaId!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'End of the media id', example: null })
  expiresAt!: string | null;
}
