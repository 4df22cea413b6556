import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { JsonObject } from '#libs/core';
import { requireTemplate, type Identity } from '#libs/security';
import { TemplatesService, type TemplateRecord, type TemplateSummary } from '#libs/templates';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  RequestId,
  RequireScopes,
  decodeCursor,
  etagOf,
  pageOf,
  requireMatch,
  type Page,
} from '../http/index.js';
import { TemplateReasonDto } from './template-reason.dto.js';
import { NewTemplateDto, TemplateChangeDto, TemplateDto, TemplateSummaryDto } from './template.dto.js';
import { presentTemplate } from './template.presenter.js';
import { TemplatesQuery } from './template.query.js';

const LIST = 'templates';

const withEtag = (reply: FastifyReply, record: TemplateRecord): TemplateDto => {
  void reply.header('etag', etagOf(record.template.revision));
  return presentTemplate(record);
};

@ApiTags('templates')
@Controller('v1/templates')
export class TemplatesController {
  constructor(private readonly templates: TemplatesService) {}

  @Get()
  @RequireScopes('templates:read')
  @ApiPage(TemplateSummaryDto, 'Templates without their content, newest first')
  @ApiProblems(400, 422)
  async list(
    @Query() { limit, cursor, q, channel, enabled }: TemplatesQuery,
    @CurrentIdentity() { templates: patterns }: Identity,
  ): Promise<Page<TemplateSummary>> {
    const position = decodeCursor(LIST, cursor, ['instant', 'text']);
    const after = position && { createdAt: new Date(position[0]), code: position[1] };
    const rows = await this.templates.list({ search: q, channel, enabled, patterns }, limit + 1, after);
    return pageOf(LIST, rows, limit, {
      positionOf: (row) => [row.createdAt.toISOString(), row.code],
      present: (row) => row,
    });
  }

  @Post()
  @RequireScopes('templates:write')
  @ApiBody({ type: NewTemplateDto })
  @ApiCreatedResponse({ type: TemplateDto, description: 'A draft: messages can use it once it is published' })
  @ApiProblems(400, 409, 413, 415, 422)
  async create(
    @Body() body: JsonObject = {},
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateDto> {
    const record = await this.templates.create(body, { identity, requestId });
    void reply.header('location', `/v1/templates/${record.template.code}`);
    return withEtag(reply, record);
  }

  @Get(':code')
  @RequireScopes('templates:read')
  @ApiOkResponse({ type: TemplateDto, description: 'With its newest version' })
  @ApiProblems(404)
  async get(
    @Param('code') code: string,
    @CurrentIdentity() identity: Identity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateDto> {
    requireTemplate(identity, code);
    return withEtag(reply, await this.templates.get(code));
  }

  @Put(':code')
  @RequireScopes('templates:write')
  @ApiBody({ type: TemplateChangeDto })
  @ApiOkResponse({ type: TemplateDto, description: 'A new draft version; what is published stays published' })
  @ApiProblems(400, 404, 412, 413, 415, 422)
  async update(
    @Param('code') code: string,
    @Body() body: JsonObject = {},
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateDto> {
    const expectation = (revision: number): void => requireMatch(ifMatch, revision);
    return withEtag(reply, await this.templates.update(code, body, { identity, requestId }, expectation));
  }

  @Delete(':code')
  @HttpCode(204)
  @RequireScopes('templates:write')
  @ApiNoContentResponse({ description: 'What was accepted is still sent; the code becomes free' })
  @ApiProblems(404, 412)
  async remove(
    @Param('code') code: string,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.templates.remove(code, { identity, requestId }, (revision) => requireMatch(ifMatch, revision));
  }

  @Post(':code/enable')
  @HttpCode(200)
  @RequireScopes('templates:write')
  @ApiBody({ type: TemplateReasonDto, required: false })
  @ApiOkResponse({ type: TemplateDto })
  @ApiProblems(404, 422)
  async enable(
    @Param('code') code: string,
    @Body() { reason }: TemplateReasonDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<TemplateDto> {
    return presentTemplate(await this.templates.setEnabled(code, true, { identity, requestId }, reason));
  }

  @Post(':code/disable')
  @HttpCode(200)
  @RequireScopes('templates:write')
  @ApiBody({ type: TemplateReasonDto, required: false })
  @ApiOkResponse({ type: TemplateDto, description: 'New messages are refused; what was accepted is still sent' })
  @ApiProblems(404, 422)
  async disable(
    @Param('code') code: string,
    @Body() { reason }: TemplateReasonDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<TemplateDto> {
    return presentTemplate(await this.templates.setEnabled(code, false, { identity, requestId }, reason));
  }
}
