import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ERROR_CATALOGUE, REASONS, canonicalJson, sha256 } from '#libs/core';
import { ApiProblems, RequireScopes } from '../http/index.js';
import { ErrorCatalogueDto, ErrorEntryDto, ReasonCatalogueDto, ReasonEntryDto } from './reference.dto.js';

const ERRORS: ErrorCatalogueDto = { data: Object.values(ERROR_CATALOGUE).map(ErrorEntryDto.from) };
const REASON_LIST: ReasonCatalogueDto = { data: REASONS.map(ReasonEntryDto.from) };

const tagOf = (content: object): string => `"${sha256(canonicalJson(content)).toString('base64url').slice(0, 16)}"`;
const ERRORS_TAG = tagOf(ERRORS);
const REASONS_TAG = tagOf(REASON_LIST);

/** The catalogues behind every `code` and `reason`: fixed for a version of the product. */
@ApiTags('Reference')
@Controller('v1')
export class ReferenceController {
  @Get('errors')
  @RequireScopes()
  @ApiOperation({ summary: 'Every error code' })
  @ApiOkResponse({ type: ErrorCatalogueDto })
  @ApiProblems()
  errors(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): ErrorCatalogueDto | undefined {
    return unlessKnown(ERRORS, ERRORS_TAG, known, reply);
  }

  @Get('reasons')
  @RequireScopes()
  @ApiOperation({ summary: 'Every reason why something waits, was not sent, failed or is unclear' })
  @ApiOkResponse({ type: ReasonCatalogueDto })
  @ApiProblems()
  reasons(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): ReasonCatalogueDto | undefined {
    return unlessKnown(REASON_LIST, REASONS_TAG, known, reply);
  }
}

function unlessKnown<T>(content: T, tag: string, known: string | undefined, reply: FastifyReply): T | undefined {
  void reply.header('etag', tag).header('cache-control', 'private, no-cache');
  if (known !== tag) return content;
  void reply.status(304);
  return undefined;
}
