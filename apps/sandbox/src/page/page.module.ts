import { Module } from '@nestjs/common';
import { SandboxStateModule } from '../state/sandbox-state.module.js';
import { PageController } from './page.controller.js';
import { ReadController } from './read.controller.js';

@Module({ imports: [SandboxStateModule], controllers: [PageController, ReadController] })
export class PageModule {}
