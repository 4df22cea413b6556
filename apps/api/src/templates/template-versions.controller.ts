import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotFoundError } from '#libs/core';
import { requireTemplate, type Identity } from '#libs/security';
import { TemplatesService } from '#libs/templates';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  ListQuery,
  RequestId,
  RequireScopes,
  decodeCursor,
  etagOf,
  pageOf,
  type Page,
} from '../http/index.js';
import { TemplateDto, TemplateVersionDto } from './template.dto.js';
import { presentTemplate, presentVersion } from './template.presenter.js';

const LIST = 'template-versions';

/** @throws NotFoundError for what cannot be the number of a version */
function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new NotFoundError('The template has no such version');
  return Number(text);
}

@ApiTags('templates')
@Controller('v1/templates/:code/versions')
export class TemplateVersionsController {
  constructor(private readonly templates: TemplatesService) {}

  @Get()
  @RequireScopes('templates:read')
  @ApiPage(TemplateVersionDto, 'Versions without their content, newest first')
  @ApiProblems(400, 404, 422)
  async list(
    @Param('code') code: string,
    @Query() { limit, cursor }: ListQuery,
    @CurrentIdentity() identity: Identity,
  ): Promise<Page<TemplateVersionDto>> {
    requireTemplate(identity, code);
    const list = `${LIST} ${code}`;
    const [before] = decodeCursor(list, cursor, ['number']) ?? [];
    const rows = await this.templates.listVersions(code, limit + 1, before);
    return pageOf(list, rows, limit, { positionOf: (row) => [row.version], present: presentVersion });
  }

  @Get(':version')
  @RequireScopes('templates:read')
  @ApiOkResponse({ type: TemplateDto })
  @ApiProblems(404)
  async get(
    @Param('code') code: string,
    @Param('version') version: string,
    @CurrentIdentity() identity: Identity,
  ): Promise<TemplateDto> {
    requireTemplate(identity, code);
    return presentTemplate(await this.templates.getVersion(code, versionNumber(version)));
  }

  @Post(':version/publish')
  @HttpCode(200)
  @RequireScopes('templates:write')
  @ApiOkResponse({ type: TemplateDto, description: 'New messages use this version from now on' })
  @ApiProblems(404)
  async publish(
    @Param('code') code: string,
    @Param('version') version: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateDto> {
    const record = await this.templates.publish(code, versionNumber(version), { identity, requestId });
    void reply.header('etag', etagOf(record.template.revision));
    return presentTemplate(record);
  }
}
