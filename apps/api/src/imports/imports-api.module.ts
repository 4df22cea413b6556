import { Module } from '@nestjs/common';
import { ImportsModule } from '#libs/imports';
import { SecurityModule } from '#libs/security';
import { TemplatesModule } from '#libs/templates';
import { ImportUploadService } from './import-upload.service.js';
import { ImportsController } from './imports.controller.js';

@Module({
  imports: [ImportsModule, SecurityModule, TemplatesModule],
  controllers: [ImportsController],
  providers: [ImportUploadService],
})
export class ImportsApiModule {}
