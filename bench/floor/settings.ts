import type { JobsOptions } from 'bullmq';

/** The queue of the pipeline, and one whose jobs do nothing. */
export const QUEUES = { send: 'floor', nothing: 'nothing' } as const;

export const POSTGRES_SCHEMA = 'floor_queue';

export const JOB_OPTIONS: JobsOptions = { removeOnComplete: true, removeOnFail: true };

export interface FloorJob {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

export const TABLE = `
  CREATE TABLE IF NOT EXISTS floor_message (
    id          uuid PRIMARY KEY,
    recipient   text NOT NULL,
    body        text NOT NULL,
    status      text NOT NULL DEFAULT 'accepted',
    provider_id text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    sent_at     timestamptz
  )`;

export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
