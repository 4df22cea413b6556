import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssetsModule } from '#libs/assets';
import { CHANNELS, ChannelRegistry } from '#libs/channels';
import { DatabaseModule } from '#libs/database';
import { SecurityModule } from '#libs/security';
import { ACCOUNT_LOOKUP } from './definition/account-lookup.js';
import { DefinitionValidator } from './definition/definition-validator.js';
import { SqlAccountLookup } from './sql-account-lookup.js';
import { TemplateCatalogue } from './template-catalogue.js';
import { TemplateChanges } from './template-changes.js';
import { TemplateNumbers } from './template-numbers.js';
import { TemplatePreview } from './template-preview.js';
import { TemplateVersionEntity } from './template-version.entity.js';
import { TemplateEntity } from './template.entity.js';
import { TemplateRepository } from './template.repository.js';
import { TemplatesService } from './templates.service.js';

/** Templates: saved, checked, published, and made ready for sending. */
@Module({
  imports: [
    AssetsModule,
    DatabaseModule,
    SecurityModule,
    TypeOrmModule.forFeature([TemplateEntity, TemplateVersionEntity]),
  ],
  providers: [
    { provide: ChannelRegistry, useFactory: () => new ChannelRegistry(CHANNELS) },
    { provide: ACCOUNT_LOOKUP, useClass: SqlAccountLookup },
    DefinitionValidator,
    TemplateCatalogue,
    TemplateChanges,
    TemplateNumbers,
    TemplatePreview,
    TemplateRepository,
    TemplatesService,
  ],
  exports: [TemplateCatalogue, TemplateNumbers, TemplatePreview, TemplatesService],
})
export class TemplatesModule {}
