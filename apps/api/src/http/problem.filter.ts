import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError } from '#libs/core';
import { redact, seesAddresses } from '#libs/security';
import { languageOf } from './language.js';
import { problemOf, toDomainError, type Problem } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request was answered with, when that was no success. */
    problem?: Problem;
  }
}

/** Answers every error as `application/problem+json`, and logs what an operator should know once. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const problem = this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
    this.log(thrown, problem);
  }

  private answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): Problem {
    const problem = problemOf(toDomainError(thrown), {
      language: languageOf(request.headers['accept-language']),
      requestId: request.id,
      instance: request.url.split('?')[0] ?? '/',
      seesAddresses: request.identity !== undefined && seesAddresses(request.identity),
    });
    request.problem = problem;
    // An answer that has begun (a stream) cannot change its mind; the connection is all that can be closed.
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return problem;
    }
    if (problem.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(problem.retryAfterMs / 1000));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
    return problem;
  }

  private log(thrown: unknown, problem: Problem): void {
    const level = describeError(problem.code)?.logLevel ?? (problem.status >= 500 ? 'error' : 'silent');
    if (level === 'silent') return;
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    const line = `${problem.code} ${problem.instance} request ${problem.requestId}: ${redact(problem.status === 500 ? stack : problem.detail)}`;
    if (level === 'error') this.logger.error(line);
    else if (level === 'warn') this.logger.warn(line);
    else this.logger.log(line);
  }
}
