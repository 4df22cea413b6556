import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MediaKind } from '#libs/channels';

/** An uploaded file; belongs to a caller and to no account. Never changes. */
@Entity('asset')
export class AssetEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'caller_id', type: 'uuid' })
  callerId!: string;

  @Column({ name: 'file_name', type: 'text' })
  fileName!: string;

  /** As recognised from the bytes. */
  @Column({ name: 'content_type', type: 'text' })
  contentType!: string;

  /** Extension in lower case without dot, as recognised; else that of the name; else empty. */
  @Column({ type: 'text' })
  format!: string;

  @Column({ type: 'text' })
  kind!: MediaKind;

  @Column({ name: 'size_bytes', type: 'integer' })
  sizeBytes!: number;

  @Column({ type: 'bytea' })
  sha256!: Buffer;

  /** Up to 20 MiB: only loaded when asked for. */
  @Column({ type: 'bytea', select: false })
  bytes?: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
