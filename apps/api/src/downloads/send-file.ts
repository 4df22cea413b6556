import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Downloadable } from './download-catalogue.js';

/** Answers with a stream: read as fast as the client takes it, and no further once the client has gone. */
export async function sendFile(
  reply: FastifyReply,
  { contentType, fileName }: Pick<Downloadable, 'contentType' | 'fileName'>,
  content: Readable,
): Promise<void> {
  reply.raw.once('close', () => content.destroy());
  await reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .send(content);
}
