import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { JsonObject } from '#libs/core';
import type { AuditEntry } from '#libs/security';
import { InstantDate, ListQuery } from '../http/index.js';

const AT = '2026-11-22T02:00:00.000Z';

/** An optional filter by a text. */
const Filter = (description: string, example: string): PropertyDecorator => {
  return (target, key) => {
    ApiPropertyOptional({ description, example, type: String })(target, key);
    IsOptional()(target, key);
    IsString()(target, key);
    MaxLength(300)(target, key);
  };
};

const Time = (description: string): PropertyDecorator => {
  return (target, key) => {
    ApiPropertyOptional({ description, type: String, format: 'date-time', example: AT })(target, key);
    IsOptional()(target, key);
    InstantDate()(target, key);
  };
};

export class AuditQuery extends ListQuery {
  @Filter('Name of the key that did it', 'ERP production')
  actor?: string;

  @Filter('Code of the caller that the key belongs to', 'erp')
  caller?: string;

  @Filter('What was done; `*` at the end is a wildcard', 'template.*')
  action?: string;

  @Filter('What it was done to; `*` at the end is a wildcard', 'template:order-paid')
  object?: string;

  @Filter('The request that did it', 'req-0001')
  requestId?: string;

  @Time('Done at or after')
  createdAfter?: Date;

  @Time('Done before')
  createdBefore?: Date;
}

export class AuditEntryDto {
  @ApiProperty({ example: '019a8f6e-7c00-7abc-8def-0123456789ab', format: 'uuid' }) id!: string;
  @ApiProperty({ example: AT }) at!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Name of the key; null: the system by itself',
    example: 'ERP production',
  })
  actor!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'erp' }) caller!: string | null;
  @ApiProperty({ example: 'template.publish' }) action!: string;
  @ApiProperty({ example: 'template:order-paid' }) object!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What the change was; secrets are masked',
    example: { version: 3 },
  })
  details!: JsonObject;
  @ApiProperty({ type: String, nullable: true, example: 'req-0001' }) requestId!: string | null;

  static from({ at, ...entry }: AuditEntry): AuditEntryDto {
    return { ...entry, at: at.toISOString() };
  }
}
