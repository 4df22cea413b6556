import { Module } from '@nestjs/common';
import { DirectoryModule } from '#libs/directory';
import { SecurityModule } from '#libs/security';
import { ConflictsController } from './conflicts.controller.js';
import { LoginsController } from './logins.controller.js';
import { PeopleImportController } from './people-import.controller.js';
import { PeopleController } from './people.controller.js';
import { SyncsController } from './syncs.controller.js';

@Module({
  imports: [DirectoryModule, SecurityModule],
  controllers: [PeopleImportController, PeopleController, SyncsController, ConflictsController, LoginsController],
})
export class DirectoryApiModule {}
