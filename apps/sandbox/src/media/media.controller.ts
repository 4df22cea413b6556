import { Controller, Get, NotFoundException, Param, ParseIntPipe, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { attachment } from './attachment.js';
import { formatOf, type FileFormat } from './file-format.js';
import { Uploads } from './uploads.service.js';

/** What a browser may draw; everything else it only stores. */
const PICTURES: Readonly<Partial<Record<FileFormat, string>>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
};

/** The uploaded files, for the inbox page. */
@Controller('_sandbox/media')
export class MediaController {
  constructor(private readonly uploads: Uploads) {}

  @Get(':no')
  show(@Param('no', ParseIntPipe) no: number, @Res() reply: FastifyReply): void {
    const upload = this.uploads.findByNo(no);
    if (!upload?.data) throw new NotFoundException({ error: 'not_found', message: `no upload ${no}` });
    const format = formatOf(upload.data);
    const picture = format && PICTURES[format];
    reply
      .headers({
        'content-type': picture ?? 'application/octet-stream',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        ...(!picture && { 'content-disposition': attachment(upload.fileName) }),
      })
      .send(upload.data);
  }
}
