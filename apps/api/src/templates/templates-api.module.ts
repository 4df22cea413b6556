import { Module } from '@nestjs/common';
import { TemplatesModule } from '#libs/templates';
import { TemplatePreviewController } from './template-preview.controller.js';
import { TemplateVersionsController } from './template-versions.controller.js';
import { TemplatesController } from './templates.controller.js';

@Module({
  imports: [TemplatesModule],
  controllers: [TemplatePreviewController, TemplateVersionsController, TemplatesController],
})
export class TemplatesApiModule {}
