import { UnavailableError } from '#libs/core';

/** Time the queue has to answer a producer or a health check. */
export const ANSWER_WITHIN_MS = 1_000;

const expired = Symbol('expired');

function raceWithTimer<T>(work: Promise<T>, ms: number): Promise<T | typeof expired> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<typeof expired>((resolve) => {
    timer = setTimeout(resolve, ms, expired);
  });
  return Promise.race([work, expiry]).finally(() => clearTimeout(timer));
}

/**
 * The work's result, if it comes in time. Late results and errors are dropped.
 * @throws UnavailableError when the work fails or takes longer.
 */
export async function answerInTime<T>(work: Promise<T>, ms = ANSWER_WITHIN_MS): Promise<T> {
  try {
    const result = await raceWithTimer(work, ms);
    if (result !== expired) return result;
  } catch (error) {
    throw new UnavailableError('The queue is not reachable', 1_000, { cause: error });
  }
  throw new UnavailableError(`The queue did not answer within ${ms} ms`);
}

/** True when the work ended (or failed) in time; never rejects. */
export async function endsInTime(work: Promise<unknown>, ms: number): Promise<boolean> {
  const ended = work.then(
    () => true,
    () => true,
  );
  return (await raceWithTimer(ended, Math.max(0, ms))) !== expired;
}
