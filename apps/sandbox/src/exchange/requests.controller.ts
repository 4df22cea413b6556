import { Controller, Get, Query } from '@nestjs/common';
import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { LimitPipe } from '../control/limit.pipe.js';
import { maskMembers } from './masking.js';
import { RequestLog, type LoggedExchange } from './request-log.service.js';
import { showRequest } from './shown-request.js';

function showExchange({ id, atMs, family, channel, account, call, answer, fault }: LoggedExchange): object {
  const body: JsonValue = isJsonObject(answer.body) ? maskMembers(answer.body) : answer.body;
  return {
    id,
    at: new Date(atMs).toISOString(),
    family,
    endpoint: call.path,
    channel: channel ?? null,
    account: account ?? null,
    request: showRequest(call),
    answer: { status: answer.status, body },
    fault: fault ?? null,
  };
}

@Controller('_sandbox')
export class RequestsController {
  constructor(private readonly log: RequestLog) {}

  @Get('requests')
  list(@Query('limit', LimitPipe) limit: number): object[] {
    return this.log.list(limit).map(showExchange);
  }

  @Get('counters')
  counters(): JsonObject {
    return { ...this.log.counters() };
  }
}
