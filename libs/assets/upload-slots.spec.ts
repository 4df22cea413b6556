import { describe, expect, it, jest } from '@jest/globals';
import { UploadSlots } from './upload-slots.js';

/** Work that ends when it is told to. */
function held() {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, (running += 1));
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  return { work, ends, most: () => most };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('uploads to vendors', () => {
  it('are six at once, and the others follow in order of arrival', async () => {
    const slots = new UploadSlots();
    const { ends, most, work } = held();
    const order: number[] = [];
    const all = Array.from({ length: 20 }, (_, no) => slots.run(() => (order.push(no), work())));
    await settled();
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
    while (order.length < 20 || ends.length > 0) {
      ends.shift()?.();
      await settled();
    }
    await Promise.all(all);
    expect(order).toEqual(Array.from({ length: 20 }, (_, no) => no));
    expect(most()).toBe(6);
  });

  it('give their slot back when they fail', async () => {
    const slots = new UploadSlots();
    const failing = Array.from({ length: 7 }, () => slots.run(() => Promise.reject(new Error('no'))));
    expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true);
    await expect(slots.run(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });

  it('wait fifteen seconds for one, and then come again without having used an attempt', async () => {
    jest.useFakeTimers();
    try {
      const slots = new UploadSlots();
      const { ends, work } = held();
      const running = Array.from({ length: 6 }, () => slots.run(work));
      const late = expect(slots.run(work)).rejects.toMatchObject({ reason: 'provider_busy', usesAttempt: false });
      await jest.advanceTimersByTimeAsync(15_000);
      await late;
      ends.forEach((end) => end());
      await Promise.all(running);
    } finally {
      jest.useRealTimers();
    }
  });
});
