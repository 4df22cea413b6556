import type { Fault } from '#libs/core';
import type { Priority } from '#libs/messages';
import type { ImportColumn } from './columns.js';
import type { TableFormat } from './file/table-file.js';

/**
 * uploading → checking → checked (a dry run: waits for a decision) → running → finished. Paused and canceled by people;
 * paused also by a template that was disabled.
 */
export const IMPORT_STATUSES = [
  'uploading',
  'checking',
  'checked',
  'running',
  'paused',
  'finished',
  'canceled',
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

export const ROW_OUTCOMES = ['waiting', 'ready', 'faulty', 'duplicate', 'accepted'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** What the key that uploaded the file may do; kept, since the messages are made later. */
export interface ImportRights {
  readonly mayBroadcast: boolean;
  readonly seesAllAssets: boolean;
}

/** Whose imports are meant; without `callerId` everybody's. */
export interface ImportOwner {
  readonly callerId?: string;
}

export interface Import {
  readonly id: string;
  readonly callerId: string;
  readonly actor: string;
  readonly rights: ImportRights;
  readonly template: string;
  readonly templateVersion: number;
  readonly priority: Priority;
  readonly fileName?: string;
  readonly format: TableFormat;
  readonly encoding?: string;
  readonly columns: readonly ImportColumn[];
  readonly isDryRun: boolean;
  readonly status: ImportStatus;
  /** Why it is paused, when nobody asked for it: an error code. */
  readonly reason?: string;
  readonly isChecked: boolean;
  readonly counts: Readonly<Record<RowOutcome | 'rows', number>>;
  /** About how many provider calls it makes; known when it is checked. */
  readonly callCount?: number;
  readonly createdAt: Date;
  readonly finishedAt?: Date;
}

export type NewImport = Pick<
  Import,
  | 'id'
  | 'callerId'
  | 'actor'
  | 'rights'
  | 'template'
  | 'templateVersion'
  | 'priority'
  | 'fileName'
  | 'format'
  | 'encoding'
  | 'columns'
  | 'isDryRun'
>;

/** A line of a file and what became of it. */
export interface ImportRow {
  readonly no: number;
  readonly cells: readonly string[];
  readonly outcome: RowOutcome;
  readonly faults: readonly Fault[];
  readonly messageId?: string;
}
