import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/index.js';
import { OpenApiDocument } from './open-api-document.js';
import { DOCS_PAGE, DOCS_POLICY, readDocsFile } from './swagger-ui.js';

/** The description of the API, and a page to read and try it. */
@ApiExcludeController()
@Controller()
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  @Get('openapi.json')
  @Public()
  describe(): OpenAPIObject {
    return this.document.get();
  }

  @Get('docs')
  @Public()
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.type('text/html; charset=utf-8').header('content-security-policy', DOCS_POLICY);
    return DOCS_PAGE;
  }

  @Get('docs/:file')
  @Public()
  async file(@Param('file') name: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { type, content } = await readDocsFile(name);
    void reply.type(type).header('cache-control', 'public, max-age=3600');
    return content;
  }
}
