import { Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { MessagesModule } from '#libs/messages';
import { TemplatesModule } from '#libs/templates';
import { ImportIntake } from './import-intake.service.js';
import { ImportPasses, ImportStores } from './import-passes.js';
import { ImportRowStore } from './import-row.store.js';
import { ImportRunner } from './import-runner.service.js';
import { ImportStore } from './import.store.js';
import { ImportsService } from './imports.service.js';
import { RowPlanner } from './row-planner.js';

/** Files of recipients, from the upload to the last message. */
@Module({
  imports: [DatabaseModule, MessagesModule, TemplatesModule],
  providers: [
    ImportIntake,
    ImportPasses,
    ImportRowStore,
    ImportRunner,
    ImportStore,
    ImportStores,
    ImportsService,
    RowPlanner,
  ],
  exports: [ImportIntake, ImportRunner, ImportsService],
})
export class ImportsModule {}
