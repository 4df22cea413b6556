import { InvariantError, isJsonObject, isUuid } from '#libs/core';

/** What a job carries: ids only. `v` grows when a member changes its meaning; workers refuse versions they do not know. */
export type DispatchJob =
  | { readonly v: 1; readonly kind: 'send'; readonly messageId: string; readonly deliveryNo: number }
  | {
      readonly v: 1;
      readonly kind: 'recall';
      readonly recallId: string;
      readonly messageId: string;
      readonly deliveryNo: number;
    };

export type JobPriority = 'high' | 'normal' | 'low';

/** One publication of a delivery. Its numbers make the job id, so every publication is a job of its own. */
export interface PublishRef {
  readonly messageId: string;
  readonly deliveryNo: number;
  /** Fence of the row when it is published: the claim that this job is for takes the next one. */
  readonly fence: number;
  readonly publishNo: number;
  readonly priority: JobPriority;
  /** Set: the job recalls the delivery for this recall instead of sending it. */
  readonly recallId?: string;
}

/**
 * Id of the job of a publication: `<messageId>.<deliveryNo>.<fence + 1>.<publishNo>`, for recalls behind
 * `r.<recallId>.`. Adding an id that is still in the queue does nothing.
 */
export function jobId(ref: PublishRef): string {
  const id = `${ref.messageId}.${ref.deliveryNo}.${ref.fence + 1}.${ref.publishNo}`;
  return ref.recallId === undefined ? id : `r.${ref.recallId}.${id}`;
}

/** @throws InvariantError when the reference names no delivery. */
export function jobFor(ref: PublishRef): DispatchJob {
  const { messageId, deliveryNo, recallId } = ref;
  return parseDispatchJob(
    recallId === undefined
      ? { v: 1, kind: 'send', messageId, deliveryNo }
      : { v: 1, kind: 'recall', recallId, messageId, deliveryNo },
  );
}

/**
 * Reads the data of a job. A job that lost its data (an evicting Redis hands out `{}`) or comes from a newer release
 * must not reach the pipeline.
 * @throws InvariantError
 */
export function parseDispatchJob(data: unknown): DispatchJob {
  if (!isJsonObject(data)) throw new InvariantError('The job carries no data');
  const { v, kind, messageId, deliveryNo, recallId } = data;
  if (v !== 1) throw new InvariantError(`The job has the unknown version ${JSON.stringify(v)}`);
  if (!isId(messageId) || !isCount(deliveryNo)) throw new InvariantError('The job names no delivery');
  if (kind === 'send') return { v, kind, messageId, deliveryNo };
  if (kind !== 'recall') throw new InvariantError(`The job has the unknown kind ${JSON.stringify(kind)}`);
  if (!isId(recallId)) throw new InvariantError('The job names no recall');
  return { v, kind, recallId, messageId, deliveryNo };
}

const isId = (value: unknown): value is string => typeof value === 'string' && isUuid(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
