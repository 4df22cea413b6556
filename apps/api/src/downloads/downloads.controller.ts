import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotFoundError, type Language } from '#libs/core';
import { TicketStore } from '#libs/insight';
import { ForbiddenError, type Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, Public, RequestLanguage, RequireScopes } from '../http/index.js';
import { DownloadCatalogue, splitPath } from './download-catalogue.js';
import { DownloadDto, NewDownloadDto } from './download.dto.js';
import { sendFile } from './send-file.js';

@ApiTags('downloads')
@Controller('v1/downloads')
export class DownloadsController {
  constructor(
    @Inject(DownloadCatalogue) private readonly catalogue: DownloadCatalogue,
    @Inject(TicketStore) private readonly tickets: TicketStore,
  ) {}

  @Post()
  @HttpCode(201)
  @RequireScopes()
  @ApiOperation({ summary: 'A link to an export that works once, for a minute, without a key' })
  @ApiBody({ type: NewDownloadDto })
  @ApiCreatedResponse({ type: DownloadDto })
  @ApiProblems(422)
  async create(
    @Body() { path: whole }: NewDownloadDto,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DownloadDto> {
    const { path, query } = splitPath(whole);
    const entry = this.catalogue.get(path);
    if (!identity.scopes.has(entry.scope)) throw ForbiddenError.missingScope(entry.scope);
    // A faulty query is told now, not by a link that leads to an error.
    entry.open(query, identity, language).destroy();
    const { expiresAt, token } = await this.tickets.issue(whole, identity);
    const url = `/v1/downloads/${token}`;
    void reply.header('location', url);
    return { url, expiresAt: expiresAt.toISOString() };
  }

  @Get(':token')
  @Public()
  @ApiOperation({ summary: 'The file, once' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'As the export itself answers' })
  @ApiNotFoundResponse({ description: 'Used, older than a minute, or never given' })
  @ApiUnprocessableEntityResponse({ description: 'A parameter that nobody reads' })
  async fetch(
    @Param('token') token: string,
    @RequestLanguage() language: Language,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const ticket = await this.tickets.redeem(token);
    if (!ticket) throw new NotFoundError('The link has been used, or is older than a minute');
    const { path, query } = splitPath(ticket.path);
    const entry = this.catalogue.get(path);
    await sendFile(reply, entry, entry.open(query, ticket.identity, language));
  }
}
