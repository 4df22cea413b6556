import { Module } from '@nestjs/common';
import type { Endpoint } from '../exchange/vendor.js';
import { SandboxStateModule } from '../state/sandbox-state.module.js';
import { AccessTokenEndpoint } from './access-token.endpoint.js';
import { AppRobotCalls } from './app-robot-calls.service.js';
import { GroupQueryEndpoint, ReadStatusEndpoint } from './app-robot-read.endpoints.js';
import { BatchRecallEndpoint, GroupRecallEndpoint } from './app-robot-recall.endpoints.js';
import { BatchSendEndpoint, GroupSendEndpoint } from './app-robot-send.endpoints.js';
import { AsyncsendEndpoint } from './asyncsend.endpoint.js';
import {
  DepartmentListsubEndpoint,
  LoginEndpoint,
  UserByMobileEndpoint,
  UserByUnionidEndpoint,
  UserListEndpoint,
} from './contacts.endpoints.js';
import { ContactsMeEndpoint, UserAccessTokenEndpoint } from './browser-login.endpoints.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { DingtalkController } from './dingtalk.controller.js';
import { DingtalkVendor } from './dingtalk-vendor.js';
import { DingtalkMedia } from './dingtalk-media.service.js';
import { DingtalkGettokenEndpoint } from './gettoken.endpoint.js';
import { DingtalkMediaEndpoint } from './media-upload.endpoint.js';
import { MsgUuids } from './msg-uuids.service.js';
import { RobotGate } from './robot-gate.service.js';
import { RobotSendEndpoint } from './robot-send.endpoint.js';
import { SentTasks } from './sent-tasks.service.js';
import { SendProgressEndpoint, SendResultEndpoint, WorkRecallEndpoint } from './task.endpoints.js';
import { StatusBarEndpoint } from './status-bar.endpoint.js';
import { WorkAudienceResolver } from './work-audience.service.js';
import { WorkJudge } from './work-judge.service.js';
import { WorkLedger } from './work-ledger.service.js';

const ENDPOINTS = [
  DingtalkGettokenEndpoint,
  AccessTokenEndpoint,
  AsyncsendEndpoint,
  SendProgressEndpoint,
  SendResultEndpoint,
  WorkRecallEndpoint,
  StatusBarEndpoint,
  RobotSendEndpoint,
  BatchSendEndpoint,
  GroupSendEndpoint,
  BatchRecallEndpoint,
  GroupRecallEndpoint,
  ReadStatusEndpoint,
  GroupQueryEndpoint,
  DingtalkMediaEndpoint,
  DepartmentListsubEndpoint,
  UserListEndpoint,
  UserByMobileEndpoint,
  UserByUnionidEndpoint,
  LoginEndpoint,
  UserAccessTokenEndpoint,
  ContactsMeEndpoint,
];

@Module({
  imports: [SandboxStateModule],
  controllers: [DingtalkController],
  providers: [
    ...ENDPOINTS,
    AppRobotCalls,
    DingtalkAccess,
    DingtalkMedia,
    WorkAudienceResolver,
    WorkJudge,
    WorkLedger,
    SentTasks,
    MsgUuids,
    RobotGate,
    {
      provide: DingtalkVendor,
      inject: ENDPOINTS,
      useFactory: (...endpoints: Endpoint[]) => new DingtalkVendor(endpoints),
    },
  ],
})
export class DingtalkModule {}
