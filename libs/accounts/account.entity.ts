import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { SealedSecrets } from './account-vault.js';
import type { AccountLimits, AccountStatus, PausedBy } from './sending-account.js';

/** The credentials, limits and gates of one vendor app or robot. Secrets exist as envelopes only. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn({ type: 'text' })
  code!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  channel!: string;

  /** Fields that are no secrets: a JSON object (typed loosely, TypeORM's types cannot take recursive ones). */
  @Column({ type: 'jsonb' })
  config!: object;

  @Column({ type: 'jsonb' })
  secrets!: SealedSecrets;

  /** HMACs of the secrets, so that an account can be found by one. */
  @Column({ type: 'text', array: true })
  fingerprints!: string[];

  @Column({ type: 'jsonb' })
  limits!: AccountLimits;

  @Column({ name: 'base_url', type: 'text', nullable: true })
  baseUrl!: string | null;

  @Column({ name: 'proxy_url', type: 'text', nullable: true })
  proxyUrl!: string | null;

  @Column({ type: 'boolean' })
  compat!: boolean;

  @Column({ type: 'text' })
  status!: AccountStatus;

  @Column({ name: 'paused_by', type: 'text', nullable: true })
  pausedBy!: PausedBy | null;

  @Column({ name: 'paused_reason', type: 'text', nullable: true })
  pausedReason!: string | null;

  @Column({ name: 'paused_text', type: 'text', nullable: true })
  pausedText!: string | null;

  @Column({ name: 'paused_at', type: 'timestamptz', nullable: true })
  pausedAt!: Date | null;

  @Column({ name: 'blocked_until', type: 'timestamptz', nullable: true })
  blockedUntil!: Date | null;

  @Column({ name: 'breaker_until', type: 'timestamptz', nullable: true })
  breakerUntil!: Date | null;

  @Column({ name: 'breaker_opened_at', type: 'timestamptz', nullable: true })
  breakerOpenedAt!: Date | null;

  /** The resource's version: its ETag. */
  @Column({ type: 'integer' })
  version!: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
