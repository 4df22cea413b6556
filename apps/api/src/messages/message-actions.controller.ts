import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Language } from '#libs/core';
import { canonicalRef, type MessageView, type ReplayPreview } from '#libs/messages';
import { ForbiddenError, type Identity } from '#libs/security';
import {
  ApiProblems,
  CurrentIdentity,
  RequestId,
  RequestLanguage,
  RequireAnyScope,
  RequireScopes,
} from '../http/index.js';
import { RecallDto } from '../recalls/recall.dto.js';
import { RecallSubmissionService } from '../recalls/recall-submission.service.js';
import { MessageReplayPreviewDto, RecallNoteDto, ReplayDto, ResolveDto } from './message-actions.dto.js';
import { MessageActionsService } from './message-actions.service.js';
import { cancelableBy, replayableBy, visibleTo } from './message-visibility.js';
import { MessageDto } from './message.dto.js';
import { messageId } from './messages.controller.js';

function located(reply: FastifyReply, message: MessageView): MessageView {
  void reply.header('location', `/v1/messages/${message.id}`);
  return message;
}

@ApiTags('messages')
@Controller('v1/messages/:id')
export class MessageActionsController {
  constructor(
    @Inject(MessageActionsService) private readonly actions: MessageActionsService,
    @Inject(RecallSubmissionService) private readonly recalls: RecallSubmissionService,
  ) {}

  @Post('cancel')
  @HttpCode(202)
  @RequireAnyScope('messages:send', 'messages:recall')
  @ApiAcceptedResponse({ type: MessageDto, description: 'What was waiting will not be sent; final when answered' })
  @ApiProblems(404, 409)
  async cancel(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @RequestLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const actor = { identity, requestId };
    return located(reply, await this.actions.cancel(messageId(id), cancelableBy(identity, language), actor));
  }

  @Post('recall')
  @HttpCode(202)
  @RequireScopes('messages:recall')
  @ApiBody({ type: RecallNoteDto, required: false })
  @ApiAcceptedResponse({ type: RecallDto, description: 'The recall; asked again, the same one' })
  @ApiProblems(404, 409, 422)
  async recall(
    @Param('id') id: string,
    @Body() { note }: RecallNoteDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecallDto> {
    const recall = await this.recalls.recallMessage(messageId(id), note, { identity, requestId });
    void reply.header('location', `/v1/recalls/${recall.id}`);
    return recall;
  }

  @Post('replay')
  @HttpCode(202)
  @RequireScopes('messages:send')
  @ApiBody({ type: ReplayDto, required: false })
  @ApiAcceptedResponse({ type: MessageDto, description: 'On its way again to those who did not get it' })
  @ApiOkResponse({ type: MessageReplayPreviewDto, description: 'With `dryRun`: to how many that would be' })
  @ApiProblems(404, 409, 422)
  async replay(
    @Param('id') id: string,
    @Body() { account, dryRun = false, includeUnknown = false, reason, recipients, status, ignore }: ReplayDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @RequestLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView | ReplayPreview> {
    if (includeUnknown && !identity.scopes.has('messages:recall')) throw ForbiddenError.missingScope('messages:recall');
    const wish = {
      messageId: messageId(id),
      includeUnknown,
      ...(recipients && { recipients: recipients.map(canonicalRef) }),
      ...(status && { statuses: status }),
      ...(reason && { reasons: reason }),
      ...(ignore && ignore.length > 0 && { ignore }),
      ...(account !== undefined && { account }),
    };
    const actor = { identity, requestId };
    if (dryRun) {
      void reply.status(200);
      return this.actions.previewReplay(wish, replayableBy(identity, language), actor);
    }
    return located(reply, await this.actions.replay(wish, replayableBy(identity, language), actor));
  }

  @Post('send-now')
  @HttpCode(202)
  @RequireScopes('messages:send')
  @ApiAcceptedResponse({ type: MessageDto, description: 'What waited for a time, quiet hours or a retry is due' })
  @ApiProblems(404, 409)
  async sendNow(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @RequestLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const visibility = replayableBy(identity, language);
    return located(reply, await this.actions.sendNow(messageId(id), visibility, { identity, requestId }));
  }

  @Post('resolve')
  @HttpCode(200)
  @RequireScopes('messages:recall')
  @ApiBody({ type: ResolveDto })
  @ApiOkResponse({ type: MessageDto, description: 'Settled' })
  @ApiProblems(404, 409, 422)
  resolve(
    @Param('id') id: string,
    @Body() body: ResolveDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @RequestLanguage() language: Language,
  ): Promise<MessageView> {
    const { as, deliveryNo, note } = body;
    const request = { messageId: messageId(id), as, note, ...(deliveryNo !== undefined && { deliveryNo }) };
    return this.actions.resolve(request, visibleTo(identity, language), { identity, requestId });
  }
}
