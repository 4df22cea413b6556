import { Module } from '@nestjs/common';
import type { Endpoint } from '../exchange/vendor.js';
import { SandboxStateModule } from '../state/sandbox-state.module.js';
import { AccessTokenEndpoint } from './access-token.endpoint.js';
import { AppRobotCalls } from './app-robot-calls.service.js';
import { GroupQueryEndpoint, ReadStatusEndpoint } from './app-robot-read.endpoints.js';
import { BatchRecallEndpoint, GroupRecallEndpoint } from './app-robot-recall.endpoints.js';
import { BatchSendEndpoint, GroupSendEndpoint } from './app-robot-send.endpoints.js';
import { AsyncsendEndpoint } from './asyncsend.endpoint.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { DingtalkController } from './dingtalk.controller.js';
import { DingtalkVendor } from './dingtalk-vendor.js';
import { DingtalkGettokenEndpoint } from './gettoken.endpoint.js';
import { MsgUuids } from './msg-uuids.service.js';
import { RobotSendEndpoint } from './robot-send.endpoint.js';
import { SentTasks } from './sent-tasks.service.js';
import { SendProgressEndpoint, SendResultEndpoint, WorkRecallEndpoint } from './task.endpoints.js';
import { WorkAudienceResolver } from './work-audience.service.js';
import { WorkLedger } from './work-ledger.service.js';

const ENDPOINTS = [
  DingtalkGettokenEndpoint,
  AccessTokenEndpoint,
  AsyncsendEndpoint,
  SendProgressEndpoint,
  SendResultEndpoint,
  WorkRecallEndpoint,
  RobotSendEndpoint,
  BatchSendEndpoint,
  GroupSendEndpoint,
  BatchRecallEndpoint,
  GroupRecallEndpoint,
  ReadStatusEndpoint,
  GroupQueryEndpoint,
];

@Module({
  imports: [SandboxStateModule],
  controllers: [DingtalkController],
  providers: [
    ...ENDPOINTS,
    AppRobotCalls,
    DingtalkAccess,
    WorkAudienceResolver,
    WorkLedger,
    SentTasks,
    MsgUuids,
    {
      provide: DingtalkVendor,
      inject: ENDPOINTS,
      useFactory: (...endpoints: Endpoint[]) => new DingtalkVendor(endpoints),
    },
  ],
})
export class DingtalkModule {}
