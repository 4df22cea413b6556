import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Language } from '#libs/core';
import type { Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequestLanguage, RequireScopes } from '../http/index.js';
import { ReasonRankingDto, SummaryDto, TimeSeriesDto } from './stats.dto.js';
import { ReasonsQuery, SummaryQuery, TimeSeriesQuery } from './stats.query.js';
import { StatsService } from './stats.service.js';

@ApiTags('stats')
@Controller('v1/stats')
export class StatsController {
  constructor(@Inject(StatsService) private readonly stats: StatsService) {}

  @Get('summary')
  @RequireScopes('stats:read')
  @ApiOperation({ summary: 'What became of the messages accepted in a range, and how long it took' })
  @ApiOkResponse({ type: SummaryDto })
  @ApiProblems(422)
  summary(@Query() query: SummaryQuery, @CurrentIdentity() identity: Identity): Promise<SummaryDto> {
    return this.stats.summarize(query, identity);
  }

  @Get('timeseries')
  @RequireScopes('stats:read')
  @ApiOperation({ summary: 'Figures over time, by when messages were accepted' })
  @ApiOkResponse({ type: TimeSeriesDto })
  @ApiProblems(422)
  timeSeries(@Query() query: TimeSeriesQuery, @CurrentIdentity() identity: Identity): Promise<TimeSeriesDto> {
    return this.stats.series(query, identity);
  }

  @Get('reasons')
  @RequireScopes('stats:read')
  @ApiOperation({ summary: 'Why recipients got nothing, or what vendors refused calls with, most frequent first' })
  @ApiOkResponse({ type: ReasonRankingDto })
  @ApiProblems(422)
  reasons(
    @Query() query: ReasonsQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<ReasonRankingDto> {
    return this.stats.reasons(query, identity, language);
  }
}
