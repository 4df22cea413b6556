import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { assetsSeenBy } from '#libs/assets';
import { requireTemplate, type Identity } from '#libs/security';
import { TemplatePreview } from '#libs/templates';
import { ApiProblems, CurrentIdentity, RequireScopes } from '../http/index.js';
import { DraftPreviewDto, PreviewDto, TemplatePreviewDto } from './template-preview.dto.js';

@ApiTags('templates')
@Controller('v1/templates')
export class TemplatePreviewController {
  constructor(private readonly previews: TemplatePreview) {}

  @Post('preview')
  @HttpCode(200)
  @RequireScopes('templates:read')
  @ApiBody({ type: DraftPreviewDto })
  @ApiOkResponse({ type: TemplatePreviewDto, description: 'What the unsaved template would send on each route' })
  @ApiProblems(400, 413, 415, 422)
  async ofDraft(
    @Body() { template, params = {} }: DraftPreviewDto,
    @CurrentIdentity() identity: Identity,
  ): Promise<TemplatePreviewDto> {
    return { routes: await this.previews.ofDraft(template, params, ['template'], assetsSeenBy(identity)) };
  }

  @Post(':code/preview')
  @HttpCode(200)
  @RequireScopes('templates:read')
  @ApiBody({ type: PreviewDto, required: false })
  @ApiOkResponse({ type: TemplatePreviewDto, description: 'What the template would send on each route' })
  @ApiProblems(400, 404, 413, 415, 422)
  async ofVersion(
    @Param('code') code: string,
    @Body() { version, params = {} }: PreviewDto,
    @CurrentIdentity() identity: Identity,
  ): Promise<TemplatePreviewDto> {
    requireTemplate(identity, code);
    return { routes: await this.previews.ofVersion(code, version, params, assetsSeenBy(identity)) };
  }
}
