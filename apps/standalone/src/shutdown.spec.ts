import { describe, expect, it } from '@jest/globals';
import { EndRequested, Shutdown } from './shutdown.js';

const silent = (): void => undefined;

describe('Shutdown', () => {
  it('stops the parts one after the other, the last started first', async () => {
    const stopped: string[] = [];
    const shutdown = new Shutdown(silent);
    for (const name of ['database', 'api', 'worker']) {
      shutdown.add(name, async () => {
        await Promise.resolve();
        stopped.push(name);
      });
    }
    await shutdown.run();
    expect(stopped).toEqual(['worker', 'api', 'database']);
  });

  it('stops the rest when a part fails, and says which one did', async () => {
    const said: string[] = [];
    const stopped: string[] = [];
    const shutdown = new Shutdown((line) => said.push(line));
    shutdown.add('database', async () => void stopped.push('database'));
    shutdown.add('api', () => Promise.reject(new Error('it is stuck')));
    await shutdown.run();
    expect(stopped).toEqual(['database']);
    expect(said).toEqual(['Stopping api: it is stuck']);
  });

  it('stops every part once, however often it is asked', async () => {
    let stops = 0;
    const shutdown = new Shutdown(silent);
    shutdown.add('database', async () => void (stops += 1));
    await Promise.all([shutdown.run(), shutdown.run()]);
    expect(stops).toBe(1);
  });

  it('ends a start half-way when the end is requested, and still stops what was started', async () => {
    let isStopped = false;
    const shutdown = new Shutdown(silent);
    shutdown.requestEnd();
    await shutdown.requested;
    expect(() => shutdown.add('database', async () => void (isStopped = true))).toThrow(EndRequested);
    await shutdown.run();
    expect(isStopped).toBe(true);
  });
});
