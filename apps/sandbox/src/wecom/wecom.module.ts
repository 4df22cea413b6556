import { Module } from '@nestjs/common';
import type { Endpoint } from '../exchange/vendor.js';
import { SandboxStateModule } from '../state/sandbox-state.module.js';
import { ApiDomainIpEndpoint } from './api-domain-ip.endpoint.js';
import { AudienceResolver } from './audience.service.js';
import { CallbackAddresses } from './callback/callback-addresses.service.js';
import { CallbackController } from './callback/callback.controller.js';
import { CardClicksController } from './callback/card-clicks.controller.js';
import { CardClicks } from './callback/card-clicks.service.js';
import {
  DepartmentListEndpoint,
  LoginEndpoint,
  UserIdByEmailEndpoint,
  UserIdByMobileEndpoint,
  UserListEndpoint,
  UserSimpleListEndpoint,
} from './contacts.endpoints.js';
import { ConfirmationsController } from './customers/confirmations.controller.js';
import { CUSTOMER_ENDPOINTS, CUSTOMER_PROVIDERS } from './customers/customer-endpoints.js';
import { DuplicateCheck } from './duplicate-check.service.js';
import { WecomGettokenEndpoint } from './gettoken.endpoint.js';
import {
  MediaGetEndpoint,
  MediaUploadEndpoint,
  PictureUploadEndpoint,
  RobotUploadEndpoint,
} from './media.endpoints.js';
import { LookUpGuard } from './look-up-guard.service.js';
import { MemberFilter } from './member-filter.service.js';
import { MessageJudge } from './message-judge.service.js';
import { MessageRecallEndpoint } from './message-recall.endpoint.js';
import { MessageSendEndpoint } from './message-send.endpoint.js';
import { ResponseCodes } from './response-codes.service.js';
import { SentMessages } from './sent-messages.service.js';
import { TaskIds } from './task-ids.service.js';
import { UpdateCardEndpoint } from './update-card.endpoint.js';
import { WebhookSendEndpoint } from './webhook-send.endpoint.js';
import { WecomAccess } from './wecom-access.service.js';
import { WecomController } from './wecom.controller.js';
import { WecomMedia } from './wecom-media.service.js';
import { WecomVendor } from './wecom-vendor.js';

const ENDPOINTS = [
  WecomGettokenEndpoint,
  ApiDomainIpEndpoint,
  MessageSendEndpoint,
  MessageRecallEndpoint,
  UpdateCardEndpoint,
  WebhookSendEndpoint,
  MediaUploadEndpoint,
  PictureUploadEndpoint,
  MediaGetEndpoint,
  RobotUploadEndpoint,
  DepartmentListEndpoint,
  UserListEndpoint,
  UserSimpleListEndpoint,
  UserIdByMobileEndpoint,
  UserIdByEmailEndpoint,
  LoginEndpoint,
  ...CUSTOMER_ENDPOINTS,
];

@Module({
  imports: [SandboxStateModule],
  controllers: [WecomController, CallbackController, CardClicksController, ConfirmationsController],
  providers: [
    ...ENDPOINTS,
    ...CUSTOMER_PROVIDERS,
    WecomAccess,
    AudienceResolver,
    CallbackAddresses,
    CardClicks,
    DuplicateCheck,
    LookUpGuard,
    MemberFilter,
    MessageJudge,
    ResponseCodes,
    SentMessages,
    TaskIds,
    WecomMedia,
    {
      provide: WecomVendor,
      inject: ENDPOINTS,
      useFactory: (...endpoints: Endpoint[]) => new WecomVendor(endpoints),
    },
  ],
})
export class WecomModule {}
