import { describe, expect, it } from '@jest/globals';
import { ResetRegistry } from '../state/reset-registry.js';
import type { FaultPlan } from './fault.js';
import { FaultSwitches } from './fault-switches.service.js';

const call = { family: 'wecom', path: '/cgi-bin/message/send' } as const;
const plan = (fields: Partial<FaultPlan> = {}): FaultPlan => ({
  match: {},
  action: { type: 'hang', when: 'before' },
  probability: 1,
  times: null,
  ...fields,
});
const makeSwitches = (): FaultSwitches => new FaultSwitches(new ResetRegistry());

describe('FaultSwitches', () => {
  it.each([
    ['/cgi-bin/message/send', true],
    ['message/send', true],
    ['send', true],
    ['end', false],
    ['/message', false],
  ])('reads the endpoint %s as a path or its end: %s', (endpoint, hits) => {
    const switches = makeSwitches();
    switches.add(plan({ match: { endpoint } }));
    expect(switches.take(call) !== undefined).toBe(hits);
  });

  it('takes the oldest fault that still fits', () => {
    const switches = makeSwitches();
    const first = switches.add(plan({ times: 1 }));
    const second = switches.add(plan());
    expect([switches.take(call), switches.take(call), switches.take(call)]).toEqual([first, second, second]);
    expect(switches.activeCount()).toBe(1);
  });

  it('never hits with probability 0', () => {
    const switches = makeSwitches();
    switches.add(plan({ probability: 0 }));
    expect(switches.take(call)).toBeUndefined();
  });
});
