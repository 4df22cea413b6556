import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChannelRegistry } from '#libs/channels';
import { NotFoundError } from '#libs/core';
import { ApiPage, ApiProblems, RequireScopes, type Page } from '../http/index.js';
import { describeChannel, type ChannelAnswer } from './channel-catalogue.js';
import { ProviderErrorDto } from './channel-error.dto.js';
import { describeErrors, type ProviderErrorAnswer } from './channel-errors.js';
import { ChannelDto } from './channel.dto.js';

@ApiTags('Channels')
@Controller('v1/channels')
export class ChannelsController {
  private readonly answer: Page<ChannelAnswer>;

  constructor(@Inject(ChannelRegistry) private readonly channels: ChannelRegistry) {
    this.answer = { data: channels.list().map(describeChannel), nextCursor: null };
  }

  @Get()
  @RequireScopes('channels:read')
  @ApiOperation({ summary: 'Every channel with its fields, content kinds and limits' })
  @ApiPage(ChannelDto, 'Every channel on one page')
  @ApiProblems()
  list(): Page<ChannelAnswer> {
    return this.answer;
  }

  @Get(':name/errors')
  @RequireScopes('channels:read')
  @ApiOperation({ summary: "What a provider's error codes mean, what happens then, and what to do" })
  @ApiPage(ProviderErrorDto, 'Every code of the channel on one page')
  @ApiProblems(404)
  errors(@Param('name') name: string): Page<ProviderErrorAnswer> {
    const channel = this.channels.find(name);
    if (!channel) throw new NotFoundError('There is no such channel');
    return { data: describeErrors(channel), nextCursor: null };
  }
}
