import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { JsonValue } from '#libs/core';
import { ApiProblems, RequireScopes } from '../http/index.js';
import {
  AdvanceClockDto,
  InboxQuery,
  NewFaultDto,
  SandboxClockDto,
  SandboxEntryDto,
  SandboxFaultDto,
} from './sandbox.dto.js';
import { SandboxProxy } from './sandbox-proxy.service.js';

/** The sandbox of this installation, at the address and with the keys of the API. Without one: 404. */
@ApiTags('sandbox')
@Controller('v1/sandbox')
export class SandboxController {
  constructor(@Inject(SandboxProxy) private readonly sandbox: SandboxProxy) {}

  @Get('inbox')
  @RequireScopes('queues:read')
  @ApiOperation({ summary: 'What arrived at the vendors that the sandbox plays, newest first' })
  @ApiOkResponse({ type: [SandboxEntryDto] })
  @ApiProblems(404, 422, 503)
  inbox(@Query() { channel, account, recipient, limit }: InboxQuery): Promise<JsonValue> {
    return this.sandbox.ask({
      method: 'GET',
      path: 'inbox',
      query: { channel, account, recipient, limit: String(limit) },
    });
  }

  @Delete('inbox')
  @HttpCode(204)
  @RequireScopes('queues:write')
  @ApiNoContentResponse({ description: 'The inbox is empty' })
  @ApiProblems(404, 503)
  async clear(): Promise<void> {
    await this.sandbox.ask({ method: 'DELETE', path: 'inbox' });
  }

  @Post('inbox/:id/read')
  @HttpCode(200)
  @RequireScopes('queues:write')
  @ApiOkResponse({ type: SandboxEntryDto, description: 'Everybody who sees the message has read it' })
  @ApiProblems(404, 503)
  markRead(@Param('id') id: string): Promise<JsonValue> {
    return this.sandbox.ask({ method: 'POST', path: `inbox/${encodeURIComponent(id)}/read`, body: {} });
  }

  @Get('faults')
  @RequireScopes('queues:read')
  @ApiOkResponse({ type: [SandboxFaultDto], description: 'Faults that are switched on' })
  @ApiProblems(404, 503)
  faults(): Promise<JsonValue> {
    return this.sandbox.ask({ method: 'GET', path: 'faults' });
  }

  @Post('faults')
  @RequireScopes('queues:write')
  @ApiCreatedResponse({ type: SandboxFaultDto })
  @ApiProblems(404, 422, 503)
  addFault(@Body() fault: NewFaultDto): Promise<JsonValue> {
    return this.sandbox.ask({ method: 'POST', path: 'faults', body: fault });
  }

  @Delete('faults')
  @HttpCode(204)
  @RequireScopes('queues:write')
  @ApiNoContentResponse({ description: 'No fault is on' })
  @ApiProblems(404, 503)
  async clearFaults(): Promise<void> {
    await this.sandbox.ask({ method: 'DELETE', path: 'faults' });
  }

  @Post('clock')
  @HttpCode(200)
  @RequireScopes('queues:write')
  @ApiOkResponse({ type: SandboxClockDto, description: 'The clock of the vendors goes forward' })
  @ApiProblems(404, 422, 503)
  advance(@Body() { advanceMs }: AdvanceClockDto): Promise<JsonValue> {
    return this.sandbox.ask({ method: 'POST', path: 'clock', body: { advanceMs } });
  }
}
