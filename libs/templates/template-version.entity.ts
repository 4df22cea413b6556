import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { TemplateDefinition } from './template-definition.js';

/** One saved state of a template. Its definition never changes. */
@Entity('template_version')
export class TemplateVersionEntity {
  @PrimaryColumn({ type: 'text' })
  template!: string;

  /** 1, 2, … within the template. */
  @PrimaryColumn({ type: 'integer' })
  version!: number;

  @Column({ type: 'jsonb' })
  definition!: TemplateDefinition;

  /** The caller that saved it. */
  @Column({ name: 'created_by', type: 'uuid', nullable: true })
  createdBy!: string | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** When it was published first. */
  @Column({ name: 'published_at', type: 'timestamptz', nullable: true })
  publishedAt!: Date | null;
}
