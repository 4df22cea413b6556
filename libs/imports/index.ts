export type { ColumnMapping, ImportColumn } from './columns.js';
export { ENCODINGS, type Encoding } from './file/encoding.js';
export { FILE_LIMITS } from './file/file-limits.js';
export {
  IMPORT_STATUSES,
  ROW_OUTCOMES,
  type Import,
  type ImportRow,
  type ImportStatus,
  type RowOutcome,
} from './import.js';
export { ImportIntake, type ImportRequest } from './import-intake.service.js';
export { ImportRunner } from './import-runner.service.js';
export { ImportsModule } from './imports.module.js';
export { ImportsService } from './imports.service.js';
