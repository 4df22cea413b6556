import { Module } from '@nestjs/common';
import { ControlModule } from './control/control.module.js';
import { DingtalkModule } from './dingtalk/dingtalk.module.js';
import { PageModule } from './page/page.module.js';
import { WecomModule } from './wecom/wecom.module.js';

@Module({ imports: [ControlModule, PageModule, WecomModule, DingtalkModule] })
export class SandboxModule {}
