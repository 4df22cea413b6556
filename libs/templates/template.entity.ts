import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** A template's name and state; what it says is in its versions. */
@Entity('template')
export class TemplateEntity {
  @PrimaryColumn({ type: 'text' })
  code!: string;

  /** Of the latest version. */
  @Column({ type: 'text' })
  name!: string;

  /** Of the latest version. */
  @Column({ type: 'text' })
  description!: string;

  /** Disabled: no new message may use it; what was accepted is still sent. */
  @Column({ type: 'boolean' })
  enabled!: boolean;

  @Column({ name: 'latest_version', type: 'integer' })
  latestVersion!: number;

  @Column({ name: 'published_version', type: 'integer', nullable: true })
  publishedVersion!: number | null;

  /** Grows with every change: the resource's ETag. */
  @Column({ type: 'integer' })
  revision!: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;

  /** Deleted templates keep their versions, since messages name them; a new template may take the code. */
  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt!: Date | null;
}
