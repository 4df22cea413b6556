import { Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { MessagesModule } from '#libs/messages';
import { QueueLinesReader } from './stats/queue-lines.reader.js';
import { ReasonsReader } from './stats/reasons.reader.js';
import { RecountStore } from './stats/recount.store.js';
import { SeriesReader } from './stats/series.reader.js';
import { StatFoldStore } from './stats/stat-fold.store.js';
import { StatsReader } from './stats/stats.reader.js';

const SERVICES = [QueueLinesReader, ReasonsReader, RecountStore, SeriesReader, StatFoldStore, StatsReader];

/** What was sent, as figures. */
@Module({ imports: [DatabaseModule, MessagesModule], providers: SERVICES, exports: SERVICES })
export class InsightModule {}
