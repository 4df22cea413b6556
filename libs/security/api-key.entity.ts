import { Column, CreateDateColumn, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { CallerEntity } from './caller.entity.js';
import type { KeyLimits } from './key-limits.js';
import type { Preset, Scope } from './scopes.js';

/** A key of a caller. The key itself is shown once and never stored. */
@Entity('api_key')
export class ApiKeyEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'caller_id' })
  callerId!: string;

  @ManyToOne(() => CallerEntity, { nullable: false })
  @JoinColumn({ name: 'caller_id' })
  caller!: Relation<CallerEntity>;

  @Column('text')
  name!: string;

  @Column('text', { name: 'public_id' })
  publicId!: string;

  /** SHA-256 of the whole key. */
  @Column('bytea', { name: 'secret_hash' })
  secretHash!: Buffer;

  @Column('text')
  preset!: Preset;

  @Column('text', { array: true })
  scopes!: Scope[];

  /** Null: every template. */
  @Column('text', { array: true, nullable: true })
  templates!: string[] | null;

  /** Null: every account. */
  @Column('text', { array: true, nullable: true })
  accounts!: string[] | null;

  /** Addresses and CIDR ranges the key may be used from; null: anywhere. */
  @Column('text', { name: 'ip_ranges', array: true, nullable: true })
  ipRanges!: string[] | null;

  /** Empty: as much as it likes. */
  @Column('jsonb')
  limits!: KeyLimits;

  /** The first key of a line of rotations, which share their limits; null for that key itself. */
  @Column('uuid', { name: 'line_id', nullable: true })
  lineId!: string | null;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** Exact to the minute. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
