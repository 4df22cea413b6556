import { Module } from '@nestjs/common';
import { SandboxProxy } from './sandbox-proxy.service.js';
import { SandboxController } from './sandbox.controller.js';

@Module({ controllers: [SandboxController], providers: [SandboxProxy] })
export class SandboxApiModule {}
