import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AssetsService, assetsSeenBy, type AssetFile } from '#libs/assets';
import { AuditLog, type Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  ListQuery,
  RequestId,
  RequireAnyScope,
  RequireScopes,
  TakesFile,
  idCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import { AssetUploads, UPLOAD_LIMIT_BYTES } from './asset-uploads.service.js';
import { AssetDto, AssetFormDto, UploadedAssetDto } from './asset.dto.js';
import { presentAsset } from './asset.presenter.js';
import { TransferSlots } from './transfer-slots.js';

const LIST = 'assets';

/** Files on their way out at once; equal ones are one in memory. */
const DOWNLOADS = { total: 24, perCaller: 8 } as const;

/** A browser must neither show nor run what somebody uploaded. */
const HARMLESS = { 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' };

@ApiTags('Assets')
@Controller('v1/assets')
export class AssetsController {
  private readonly downloads = new TransferSlots('downloaded', DOWNLOADS);

  constructor(
    private readonly assets: AssetsService,
    private readonly uploads: AssetUploads,
    private readonly audit: AuditLog,
  ) {}

  @Post()
  @RequireScopes('messages:send')
  @TakesFile(UPLOAD_LIMIT_BYTES)
  @ApiOperation({ summary: 'Upload a file' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: AssetFormDto })
  @ApiCreatedResponse({ type: UploadedAssetDto })
  @ApiProblems(400, 413, 415, 422)
  async upload(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadedAssetDto> {
    const uploaded = await this.uploads.store(request);
    void reply.header('location', `/v1/assets/${uploaded.assetId}`);
    return uploaded;
  }

  @Get()
  @RequireAnyScope('messages:read', 'templates:read')
  @ApiOperation({ summary: 'List the uploaded files, newest first' })
  @ApiPage(AssetDto, 'Files, newest first; a caller sees its own')
  @ApiProblems(400, 422)
  async list(@Query() { cursor, limit }: ListQuery, @CurrentIdentity() identity: Identity): Promise<Page<AssetDto>> {
    const rows = await this.assets.list(assetsSeenBy(identity), limit + 1, idCursor(LIST, cursor));
    return pageOf(LIST, rows, limit, { positionOf: ({ id }) => [id], present: presentAsset });
  }

  @Get(':id')
  @RequireAnyScope('messages:read', 'templates:read')
  @ApiOperation({ summary: 'One uploaded file' })
  @ApiOkResponse({ type: AssetDto })
  @ApiProblems(404)
  async get(@Param('id') id: string, @CurrentIdentity() identity: Identity): Promise<AssetDto> {
    return presentAsset(await this.assets.get(id, assetsSeenBy(identity)));
  }

  @Get(':id/content')
  @RequireAnyScope('messages:read', 'templates:read')
  @ApiOperation({ summary: 'The bytes of an uploaded file, as a download' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(404)
  async content(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { bytes, fileName } = await this.download(id, identity, reply);
    void reply.headers(HARMLESS);
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, escape)}`;
    return new StreamableFile(bytes, { type: 'application/octet-stream', disposition, length: bytes.length });
  }

  /** The slot is given back when the answer has left, or nobody waits for it any more. */
  private async download(id: string, identity: Identity, reply: FastifyReply): Promise<AssetFile> {
    const giveBack = this.downloads.take(identity.callerId);
    reply.raw.once('close', giveBack);
    return this.assets.getFile(id, assetsSeenBy(identity));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScopes('messages:send')
  @ApiOperation({ summary: 'Delete a file that no template names' })
  @ApiNoContentResponse()
  @ApiProblems(404, 409)
  async delete(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<void> {
    const line = { identity, action: 'asset.delete', object: `asset:${id}`, requestId };
    await this.assets.delete(id, assetsSeenBy(identity), (sql) => this.audit.record(line, sql));
  }
}

const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
