export { Batcher, type BatcherOptions } from './batcher.js';
export { Database, sqlOf, type Alongside, type DatabaseOptions, type Sql } from './database.js';
export { DatabaseModule } from './database.module.js';
export { PreparedStatement, textOf, type Statement } from './prepared-statement.js';
export { UnnestTable, jsonText, type UnnestColumn } from './unnest-table.js';
export { migrate, type MigrateOptions } from './migrate.js';
export { createPartitions, dropMonth, listMonths, partitionedTables, type PartitionMonth } from './partitions.js';
export {
  isConnectionFault,
  isDataFault,
  isLockTimeout,
  isRepeatable,
  isUniqueViolation,
  sqlState,
} from './sql-errors.js';
