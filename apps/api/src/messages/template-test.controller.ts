import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Language } from '#libs/core';
import type { Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequestLanguage, RequireScopes } from '../http/index.js';
import { TemplateTestAnswerDto, TemplateTestDto } from './template-test.dto.js';
import { TemplateTestService } from './template-test.service.js';

@ApiTags('templates')
@Controller('v1/templates/:code/test')
export class TemplateTestController {
  constructor(@Inject(TemplateTestService) private readonly tests: TemplateTestService) {}

  @Post()
  @RequireScopes('messages:send', 'templates:write')
  @ApiBody({ type: TemplateTestDto })
  @ApiOkResponse({ type: TemplateTestAnswerDto, description: 'Really sent; request and answer of the provider' })
  @ApiAcceptedResponse({ type: TemplateTestAnswerDto, description: 'Not finished within 10 seconds' })
  @ApiProblems(400, 404, 413, 415, 422)
  async test(
    @Param('code') code: string,
    @Body() body: TemplateTestDto,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateTestAnswerDto> {
    const { attempts, finished, message } = await this.tests.test(code, body, identity, language);
    void reply.status(finished ? 200 : 202).header('location', `/v1/messages/${message.id}`);
    return { message, attempts };
  }
}
