import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Database } from '#libs/database';

/** Within this time a sender hears that PostgreSQL is silent. What its body takes to arrive does not count. */
const ANSWER_WITHIN_MS = 2_200;

/** Keeps senders from waiting for a PostgreSQL that hangs. */
@Injectable()
export class AnswerInTime {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * What the work for a request results in.
   * @throws UnavailableError when PostgreSQL is silent for too long. What was being stored may be stored: who comes again
   * with the same idempotency key finds it.
   */
  of<T>({ gateMs = 0 }: FastifyRequest, work: Promise<T>): Promise<T> {
    return this.database.inTime(work, ANSWER_WITHIN_MS - gateMs);
  }
}
