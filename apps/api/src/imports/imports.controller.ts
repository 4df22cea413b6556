import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundError, isUuid, type Language } from '#libs/core';
import { ImportsService } from '#libs/imports';
import { AuditLog, requireTemplate, seesAllCallers, type Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  ListQuery,
  RequestId,
  RequestLanguage,
  RequireScopes,
  StreamBody,
  TABLE_TYPES,
  idCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import { ImportUploadService } from './import-upload.service.js';
import { ImportDto, ImportRowsDto, ImportRowsQuery, NewImportQuery } from './import.dto.js';
import { faultsAsCsv, presentImport, presentRow } from './import.presenter.js';

const LIST = 'imports';

function importId(text: string): string {
  if (!isUuid(text)) throw new NotFoundError('There is no such import');
  return text;
}

/** Whose imports a key may look after: a caller's key its own, the other presets all. */
const whose = (identity: Identity): { readonly callerId?: string } =>
  seesAllCallers(identity) ? {} : { callerId: identity.callerId };

@ApiTags('imports')
@Controller('v1')
export class ImportsController {
  constructor(
    @Inject(ImportUploadService) private readonly uploads: ImportUploadService,
    @Inject(ImportsService) private readonly imports: ImportsService,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Post('messages/import')
  @HttpCode(202)
  @RequireScopes('imports:write')
  @StreamBody()
  @ApiOperation({ summary: 'A message for each line of a CSV file or workbook' })
  @ApiConsumes(...TABLE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary', example: 'user,name\nzhangsan,张三\n' } })
  @ApiAcceptedResponse({ type: ImportDto, description: 'Every line is stored; the workers check and send them' })
  @ApiProblems(400, 413, 415, 422)
  async upload(
    @Query() query: NewImportQuery,
    @Req() { body }: FastifyRequest,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportDto> {
    const taken = await this.uploads.take(body, query, identity, requestId);
    void reply.header('location', `/v1/imports/${taken.id}`);
    return presentImport(taken);
  }

  @Get('imports')
  @RequireScopes('imports:read')
  @ApiPage(ImportDto, 'Imports, newest first')
  @ApiProblems(400, 422)
  async list(@Query() { cursor, limit }: ListQuery, @CurrentIdentity() identity: Identity): Promise<Page<ImportDto>> {
    const before = idCursor(LIST, cursor);
    const page = { ...whose(identity), ...(before !== undefined && { before }), limit: limit + 1 };
    const rows = await this.imports.list(page);
    return pageOf(LIST, rows, limit, { positionOf: (row) => [row.id], present: presentImport });
  }

  @Get('imports/:id')
  @RequireScopes('imports:read')
  @ApiOkResponse({ type: ImportDto })
  @ApiProblems(404)
  async get(@Param('id') id: string, @CurrentIdentity() identity: Identity): Promise<ImportDto> {
    const found = await this.imports.get(importId(id), whose(identity));
    return { ...presentImport(found), results: await this.imports.results(found.id) };
  }

  @Get('imports/:id/rows')
  @RequireScopes('imports:read')
  @ApiOkResponse({ type: ImportRowsDto, description: 'Lines in the order of the file' })
  @ApiProblems(404, 422)
  async rows(
    @Param('id') id: string,
    @Query() { after, limit, outcome }: ImportRowsQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<ImportRowsDto> {
    const found = await this.imports.get(importId(id), whose(identity));
    const rows = await this.imports.rows(found.id, { after, limit: limit + 1, ...(outcome && { outcome }) });
    const data = rows.slice(0, limit).map((row) => presentRow(row, language));
    return { data, nextAfter: rows.length > limit ? (data.at(-1)?.no ?? null) : null };
  }

  @Get('imports/:id/faults')
  @RequireScopes('imports:read')
  @ApiOperation({ summary: 'The faulty lines as a file, with what is wrong' })
  @ApiProduces('text/csv')
  @ApiOkResponse({
    schema: { type: 'string', example: 'user,name,错误,error\r\n,李四,缺少收件人,recipients_missing: …\r\n' },
  })
  @ApiProblems(404)
  async faults(@Param('id') id: string, @CurrentIdentity() identity: Identity): Promise<StreamableFile> {
    const found = await this.imports.get(importId(id), whose(identity));
    const csv = Readable.from(faultsAsCsv(found, this.imports.faultyRows(found.id)));
    const disposition = `attachment; filename="import-${found.id}-faults.csv"`;
    return new StreamableFile(csv, { type: 'text/csv; charset=utf-8', disposition });
  }

  @Post('imports/:id/pause')
  @HttpCode(200)
  @RequireScopes('imports:write')
  @ApiOkResponse({ type: ImportDto, description: 'No further messages until it is resumed' })
  @ApiProblems(404, 409)
  pause(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<ImportDto> {
    return this.act('import.pause', id, { identity, requestId }, (found) => this.imports.pause(found));
  }

  @Post('imports/:id/resume')
  @HttpCode(200)
  @RequireScopes('imports:write')
  @ApiOkResponse({ type: ImportDto, description: 'What was paused goes on; what was a dry run is sent' })
  @ApiProblems(404, 409)
  resume(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<ImportDto> {
    return this.act('import.resume', id, { identity, requestId }, (found) => this.imports.resume(found));
  }

  @Post('imports/:id/cancel')
  @HttpCode(200)
  @RequireScopes('imports:write')
  @ApiOkResponse({ type: ImportDto, description: 'No further messages; those that wait are not sent' })
  @ApiProblems(404, 409)
  cancel(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<ImportDto> {
    return this.act('import.cancel', id, { identity, requestId }, (found) => this.imports.cancel(found));
  }

  private async act(
    action: string,
    id: string,
    actor: { readonly identity: Identity; readonly requestId: string },
    work: (id: string) => Promise<void>,
  ): Promise<ImportDto> {
    const found = await this.imports.get(importId(id), whose(actor.identity));
    requireTemplate(actor.identity, found.template);
    await work(found.id);
    await this.audit.record({ ...actor, action, object: `import:${found.id}` });
    return presentImport(await this.imports.get(found.id));
  }
}
