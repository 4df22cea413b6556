import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { DatabaseModule } from '#libs/database';
import { DirectoryModule } from '#libs/directory';
import { MessagesModule } from '#libs/messages';
import { TemplatesModule } from '#libs/templates';
import { EvidenceReader, PersonFinder } from './explain/evidence.reader.js';
import { ExplainService } from './explain/explain.service.js';
import { FateReader } from './explain/fate.reader.js';
import { PersonDirectory } from './explain/person-directory.js';
import { MessageExport } from './export/message-export.js';
import { RecallReport } from './export/recall-report.js';
import { TicketStore } from './export/ticket.store.js';
import { RejectionLog } from './rejections/rejection-log.js';
import { RejectionStore } from './rejections/rejection.store.js';
import { SearchService } from './search/search.service.js';

/** Finding what was sent, why it did not arrive, and taking it out. */
@Module({
  imports: [AccountsModule, DatabaseModule, DirectoryModule, MessagesModule, TemplatesModule],
  providers: [
    EvidenceReader,
    ExplainService,
    FateReader,
    MessageExport,
    PersonDirectory,
    PersonFinder,
    RecallReport,
    RejectionLog,
    RejectionStore,
    SearchService,
    TicketStore,
  ],
  exports: [ExplainService, MessageExport, RecallReport, RejectionLog, RejectionStore, SearchService, TicketStore],
})
export class FindingModule {}
