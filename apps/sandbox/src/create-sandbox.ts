import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import 'reflect-metadata';
import { SandboxModule } from './sandbox.module.js';

const LARGEST_BODY_BYTES = 32 * 1024 * 1024;

export interface SandboxOptions {
  /** 0: a free one. */
  readonly port: number;
  readonly host: string;
}

export interface Sandbox {
  /** Origin of both vendors, of the control calls and of the inbox page; no trailing slash. */
  readonly url: string;
  /** Ends every connection, hanging ones included. */
  close(): Promise<void>;
}

function createAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({ bodyLimit: LARGEST_BODY_BYTES, forceCloseConnections: true });
  const server = adapter.getInstance();
  server.removeAllContentTypeParsers();
  // Bodies stay text or, with a file, bytes: what a malformed one is worth is the fake vendor's judgement.
  server.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  return adapter;
}

function originOf(address: string): string {
  const url = new URL(address);
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = '127.0.0.1';
  return url.origin;
}

/** Starts a fake WeCom and DingTalk in this process. Rejects when the port is taken. */
export async function createSandbox({ port, host }: SandboxOptions): Promise<Sandbox> {
  const adapter = createAdapter();
  const options: NestApplicationOptions = { bodyParser: false, logger: ['error', 'warn'], abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(SandboxModule, adapter, options);
  await app.init();
  try {
    // Not by `app.listen`, which also logs a taken port: the caller decides what that means.
    const address = await adapter.getInstance().listen({ port, host });
    return { url: originOf(address), close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}
