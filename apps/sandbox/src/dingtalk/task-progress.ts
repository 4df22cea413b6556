import type { InboxEntry } from '../inbox/inbox-entry.js';

/** How long the fake vendor takes over a task, by the sandbox clock. Live it is not documented. */
export const TASK_MS = 2_000;

export const TASK_STATUS = { notStarted: 0, running: 1, finished: 2 } as const;

export interface TaskProgress {
  readonly percent: number;
  readonly status: (typeof TASK_STATUS)[keyof typeof TASK_STATUS];
}

export function progressOf({ atMs }: Pick<InboxEntry, 'atMs'>, nowMs: number): TaskProgress {
  const percent = Math.min(100, Math.floor(((nowMs - atMs) * 100) / TASK_MS));
  if (percent === 100) return { percent, status: TASK_STATUS.finished };
  return { percent, status: percent === 0 ? TASK_STATUS.notStarted : TASK_STATUS.running };
}

/** Those of the receivers whose turn has come: the vendor lists nobody else. */
export const dealtWith = <Receiver>(receivers: readonly Receiver[], { percent }: TaskProgress): readonly Receiver[] =>
  receivers.slice(0, Math.floor((receivers.length * percent) / 100));
