import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccountsService } from '#libs/accounts';
import { requireAccount, type Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequireScopes, TakesFile } from '../http/index.js';
import { AssetUploads, UPLOAD_LIMIT_BYTES } from './asset-uploads.service.js';
import { AssetFormDto, UploadedAssetDto } from './asset.dto.js';

@ApiTags('Assets')
@Controller('v1/accounts/:code/media')
export class AccountMediaController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly uploads: AssetUploads,
  ) {}

  @Post()
  @RequireScopes('messages:send')
  @TakesFile(UPLOAD_LIMIT_BYTES)
  @ApiOperation({ summary: 'Upload a file, and bring it to the vendor of the account at once' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: AssetFormDto })
  @ApiCreatedResponse({ type: UploadedAssetDto, description: 'The media id works in messages of this account' })
  @ApiProblems(400, 404, 409, 413, 415, 422)
  async upload(
    @Param('code') code: string,
    @CurrentIdentity() identity: Identity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadedAssetDto> {
    requireAccount(identity, code);
    await this.accounts.get(code);
    const uploaded = await this.uploads.storeFor(code, request);
    void reply.header('location', `/v1/assets/${uploaded.assetId}`);
    return uploaded;
  }
}
