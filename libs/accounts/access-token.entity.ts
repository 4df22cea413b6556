import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SealedSecret } from '#libs/security';
import type { TokenFailure } from './token-failure.js';

/** The access token of an account. Version 0: none was fetched yet. */
@Entity('access_token')
export class AccessTokenEntity {
  @PrimaryColumn({ type: 'text' })
  account!: string;

  @PrimaryColumn({ type: 'text' })
  purpose!: string;

  @Column({ type: 'jsonb', nullable: true })
  value!: SealedSecret | null;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  @Column({ name: 'refreshed_at', type: 'timestamptz', nullable: true })
  refreshedAt!: Date | null;

  /** The lease of the process that is fetching. */
  @Column({ name: 'refreshing_until', type: 'timestamptz', nullable: true })
  refreshingUntil!: Date | null;

  /** No fetch before this instant. */
  @Column({ name: 'retry_at', type: 'timestamptz', nullable: true })
  retryAt!: Date | null;

  /** Failed fetches in a row. */
  @Column({ type: 'integer' })
  failures!: number;

  @Column({ name: 'last_error', type: 'jsonb', nullable: true })
  lastError!: TokenFailure | null;
}
