import { Controller, Get, Inject, Query, Res, type OnModuleInit } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ValidationError, validateShape, type Language } from '#libs/core';
import { MessageExport } from '#libs/insight';
import type { Identity } from '#libs/security';
import { DownloadCatalogue, type Downloadable } from '../downloads/download-catalogue.js';
import { sendFile } from '../downloads/send-file.js';
import { ApiProblems, CurrentIdentity, RequestLanguage, RequireScopes, parameterFaults } from '../http/index.js';
import { filterOf } from './message-filter.js';
import { visibleTo } from './message-visibility.js';
import { MessageFilterQuery } from './messages.query.js';

@ApiTags('messages')
@Controller('v1/messages/export')
export class MessageExportController implements OnModuleInit {
  private readonly download: Downloadable = {
    path: '/v1/messages/export',
    scope: 'messages:read',
    fileName: 'messages.csv',
    contentType: 'text/csv; charset=utf-8',
    open: (query, identity, language) => {
      const { faults, value } = validateShape(MessageFilterQuery, query);
      if (faults.length > 0) throw new ValidationError(parameterFaults(faults));
      return this.messages.stream(filterOf(value, visibleTo(identity, language)));
    },
  };

  constructor(
    @Inject(MessageExport) private readonly messages: MessageExport,
    @Inject(DownloadCatalogue) private readonly downloads: DownloadCatalogue,
  ) {}

  onModuleInit(): void {
    this.downloads.register(this.download);
  }

  @Get()
  @RequireScopes('messages:read')
  @ApiOperation({ summary: 'The messages of the list as CSV (UTF-8 with byte order mark), as long as it takes' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'Newest first; cells that look like formulas begin with an apostrophe' })
  @ApiProblems(400, 422)
  async export(
    @Query() query: MessageFilterQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendFile(reply, this.download, this.messages.stream(filterOf(query, visibleTo(identity, language))));
  }
}
