import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultAction } from '../faults/fault.js';
import { bodyBytes, type VendorAnswer } from './vendor-answer.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Puts answers on the wire, whole or damaged. */
@Injectable()
export class AnswerWriter implements BeforeApplicationShutdown {
  private readonly closing = new AbortController();

  constructor() {
    // As many answers may wait as there are calls.
    setMaxListeners(0, this.closing.signal);
  }

  beforeApplicationShutdown(): void {
    this.closing.abort();
  }

  /** False when the sandbox closes meanwhile. */
  async wait(ms: number): Promise<boolean> {
    try {
      await pause(ms, undefined, { signal: this.closing.signal });
      return true;
    } catch (error) {
      if (this.closing.signal.aborted) return false;
      throw error;
    }
  }

  write(reply: FastifyReply, answer: VendorAnswer): void {
    const type = typeof answer.body === 'string' ? 'text/html; charset=utf-8' : JSON_TYPE;
    reply
      .code(answer.status)
      .headers({ 'content-type': type, ...answer.headers })
      .send(bodyBytes(answer));
  }

  /** Writes the answer as the fault wants it; `answer` is what would have been sent without it. */
  async writeDamaged(reply: FastifyReply, answer: VendorAnswer, action: FaultAction): Promise<void> {
    switch (action.type) {
      case 'hang':
        reply.hijack();
        return;
      case 'reset':
        reply.hijack();
        reply.raw.socket?.resetAndDestroy();
        return;
      case 'cut-body':
        return this.writeHalf(reply, answer);
      case 'drip':
        return this.drip(reply, answer, action.ms);
      case 'garbage':
        return this.write(reply, {
          status: 200,
          body: '{"errcode":0,"errm\u0000\ufffd<html>',
          headers: { 'content-type': JSON_TYPE },
        });
      case 'delay':
        if (await this.wait(action.ms)) this.write(reply, answer);
        return;
      default:
        this.write(reply, answer);
    }
  }

  private startRaw(reply: FastifyReply, answer: VendorAnswer): Buffer {
    const body = Buffer.from(bodyBytes(answer));
    reply.hijack();
    reply.raw.writeHead(answer.status, { 'content-type': JSON_TYPE, 'content-length': body.length });
    return body;
  }

  private writeHalf(reply: FastifyReply, answer: VendorAnswer): void {
    const body = this.startRaw(reply, answer);
    reply.raw.write(body.subarray(0, Math.floor(body.length / 2)), () => reply.raw.destroy());
  }

  private async drip(reply: FastifyReply, answer: VendorAnswer, ms: number): Promise<void> {
    for (const byte of this.startRaw(reply, answer)) {
      reply.raw.write(Buffer.of(byte));
      if (!(await this.wait(ms)) || reply.raw.destroyed) return;
    }
    reply.raw.end();
  }
}
