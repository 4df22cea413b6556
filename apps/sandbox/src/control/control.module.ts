import { Module } from '@nestjs/common';
import { RequestsController } from '../exchange/requests.controller.js';
import { FaultsController } from '../faults/faults.controller.js';
import { InboxController } from '../inbox/inbox.controller.js';
import { MediaController } from '../media/media.controller.js';
import { SandboxStateModule } from '../state/sandbox-state.module.js';
import { ClockController } from './clock.controller.js';
import { HabitsController } from './habits.controller.js';
import { LimitsController } from './limits.controller.js';
import { DirectoryController } from './directory.controller.js';
import { PeopleController } from './people.controller.js';
import { ResetController } from './reset.controller.js';

/** The tester's side: everything under `/_sandbox`. */
@Module({
  imports: [SandboxStateModule],
  controllers: [
    InboxController,
    RequestsController,
    FaultsController,
    ResetController,
    ClockController,
    HabitsController,
    PeopleController,
    DirectoryController,
    LimitsController,
    MediaController,
  ],
})
export class ControlModule {}
