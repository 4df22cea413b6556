import { randomBytes } from 'node:crypto';
import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/index.js';
import { ConsoleFiles } from './console-files.js';

/** Stands in the built page where its style elements carry their nonce. */
const NONCE_PLACEHOLDER = /__CSP_NONCE__/g;
const NONCE_BYTES = 18;

const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The console: files without secrets, open to everybody. What it shows it asks of the API with the key of its user. */
@ApiExcludeController()
@Controller('console')
export class ConsoleController {
  private readonly files = new ConsoleFiles();

  @Get('assets/:name')
  @Public()
  async asset(
    @Param('name') name: string,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { type, content, encoding } = await this.files.asset(name, encodings ?? '');
    // The name holds a hash of the content.
    void reply.type(type).headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' });
    if (encoding !== undefined) void reply.header('content-encoding', encoding);
    return content;
  }

  /** What stands in the query, the page reads. */
  @Get()
  @Public()
  index(@Query() _query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.shown(reply);
  }

  /** Which page an address is, the console knows. */
  @Get('*')
  @Public()
  page(@Query() _query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.shown(reply);
  }

  private async shown(reply: FastifyReply): Promise<string> {
    const page = await this.files.page();
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    void reply
      .type('text/html; charset=utf-8')
      .headers({ 'content-security-policy': policyWith(nonce), 'referrer-policy': 'no-referrer' });
    return page.replace(NONCE_PLACEHOLDER, nonce);
  }
}
