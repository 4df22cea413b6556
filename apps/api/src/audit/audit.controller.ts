import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditReader } from '#libs/security';
import { ApiPage, ApiProblems, RequireScopes, idCursor, pageOf, type Page } from '../http/index.js';
import { AuditEntryDto, AuditQuery } from './audit.dto.js';

const LIST = 'audit-log';

@ApiTags('Callers and keys')
@Controller('v1/audit-log')
export class AuditController {
  constructor(private readonly reader: AuditReader) {}

  @Get()
  @RequireScopes('audit:read')
  @ApiOperation({ summary: 'Who changed what, newest first' })
  @ApiPage(AuditEntryDto, 'A page of the audit log')
  @ApiProblems(400, 422)
  async list(@Query() { cursor, limit, ...filter }: AuditQuery): Promise<Page<AuditEntryDto>> {
    const rows = await this.reader.list(filter, limit + 1, idCursor(LIST, cursor));
    return pageOf(LIST, rows, limit, { positionOf: (row) => [row.id], present: AuditEntryDto.from });
  }
}
