import { Controller, Get, Inject, Query, Res, type OnModuleInit } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ValidationError, validateShape, type Language } from '#libs/core';
import { RecallReport } from '#libs/insight';
import type { Identity } from '#libs/security';
import { DownloadCatalogue, type Downloadable } from '../downloads/download-catalogue.js';
import { sendFile } from '../downloads/send-file.js';
import { ApiProblems, CurrentIdentity, RequestLanguage, RequireAnyScope, parameterFaults } from '../http/index.js';
import { RecallReportQuery } from './recall.dto.js';
import { RecallSubmissionService } from './recall-submission.service.js';

@ApiTags('recalls')
@Controller('v1/recalls/report')
export class RecallReportController implements OnModuleInit {
  private readonly download: Downloadable = {
    path: '/v1/recalls/report',
    scope: 'recalls:read',
    fileName: 'recall.csv',
    contentType: 'text/csv; charset=utf-8',
    open: (query, identity, language) => {
      const { faults, value } = validateShape(RecallReportQuery, query);
      if (faults.length > 0) throw new ValidationError(parameterFaults(faults));
      return this.reports.stream(value.recall, language, () => this.recalls.get(value.recall, identity));
    },
  };

  constructor(
    @Inject(RecallReport) private readonly reports: RecallReport,
    @Inject(RecallSubmissionService) private readonly recalls: RecallSubmissionService,
    @Inject(DownloadCatalogue) private readonly downloads: DownloadCatalogue,
  ) {}

  onModuleInit(): void {
    this.downloads.register(this.download);
  }

  @Get()
  @RequireAnyScope('recalls:read', 'messages:recall')
  @ApiOperation({ summary: 'What a recall did for each recipient, as CSV (UTF-8 with byte order mark)' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'Mobiles are masked; cells that look like formulas begin with an apostrophe' })
  @ApiProblems(400, 404, 422)
  async report(
    @Query() { recall }: RecallReportQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.recalls.get(recall, identity);
    await sendFile(
      reply,
      this.download,
      this.reports.stream(recall, language, () => Promise.resolve()),
    );
  }
}
