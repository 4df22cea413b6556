import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { PeopleImport } from '#libs/directory';
import { AuditLog, type Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequireScopes, TakesFile, readFileForm } from '../http/index.js';
import { ImportReportDto, PeopleFormDto, PeopleImportQuery } from './people-import.dto.js';

const LARGEST_FILE = 20 * 1024 * 1024;
const LARGEST_FORM = LARGEST_FILE + 1024 * 1024;
const RULES = { part: 'file', maxBytes: LARGEST_FILE, fields: [] } as const;

@ApiTags('Directory')
@Controller('v1/people/import')
export class PeopleImportController {
  constructor(
    private readonly people: PeopleImport,
    private readonly audit: AuditLog,
  ) {}

  @Post()
  @HttpCode(200)
  @RequireScopes('directory:write')
  @TakesFile(LARGEST_FORM)
  @ApiOperation({ summary: 'Import a table of people, or see what it would change' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: PeopleFormDto })
  @ApiOkResponse({ type: ImportReportDto })
  @ApiProblems(400, 413, 415, 422)
  async import(
    @Query() { dryRun, missing }: PeopleImportQuery,
    @CurrentIdentity() identity: Identity,
    @Req() request: FastifyRequest,
  ): Promise<ImportReportDto> {
    const { bytes, fileName } = await readFileForm(request, RULES);
    const report = await this.people.import({ bytes, dryRun, deactivateMissing: missing === 'deactivate' });
    if (!dryRun) {
      const { added, changed, deactivated } = report;
      const details = { fileName, added, changed, deactivated };
      await this.audit.record({ identity, action: 'people.import', object: 'people', details, requestId: request.id });
    }
    return { dryRun, ...report };
  }
}
