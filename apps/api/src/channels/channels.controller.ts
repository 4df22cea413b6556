import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChannelRegistry } from '#libs/channels';
import { ApiPage, ApiProblems, RequireScopes, type Page } from '../http/index.js';
import { describeChannel, type ChannelAnswer } from './channel-catalogue.js';
import { ChannelDto } from './channel.dto.js';

@ApiTags('Channels')
@Controller('v1/channels')
export class ChannelsController {
  private readonly answer: Page<ChannelAnswer>;

  constructor(@Inject(ChannelRegistry) channels: ChannelRegistry) {
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
}
