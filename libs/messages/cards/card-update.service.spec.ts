import { describe, expect, it } from '@jest/globals';
import type { CardUpdater } from '#libs/accounts';
import { AmbiguousDeliveryError, UnavailableError } from '#libs/core';
import type { EventStore } from '../control/event.store.js';
import type { CardCodeStore } from './card-code.store.js';
import type { CardTargets } from './card-targets.js';
import type { CardUpdateRequest } from './card-update.js';
import { CardUpdateService } from './card-update.service.js';

const REQUEST = { actor: 'tester', content: { kind: 'status_bar' } } as unknown as CardUpdateRequest;
const TARGET = { delivery: { message_id: 'm', no: 1, account: 'work', provider_msg_id: '7' }, support: {} };

/** One card without a code, of a vendor that answers as given, while no event can be written. */
function withoutEvents(answer: () => Promise<{ readonly refused: readonly string[] }>): CardUpdateService {
  const targets = { find: () => Promise.resolve([TARGET]) } as unknown as CardTargets;
  const events = { record: () => Promise.reject(new UnavailableError('away')) } as unknown as EventStore;
  return new CardUpdateService(targets, {} as CardCodeStore, { update: answer } as unknown as CardUpdater, events);
}

describe('an update of a card whose line in the timeline cannot be written', () => {
  it('is told as done when the vendor has done it', async () => {
    const service = withoutEvents(() => Promise.resolve({ refused: [] }));
    await expect(service.update(REQUEST)).resolves.toEqual([
      { deliveryNo: 1, account: 'work', status: 'updated', refused: [] },
    ]);
  });

  it('is told as unclear when the vendor did not answer', async () => {
    const service = withoutEvents(() => Promise.reject(new AmbiguousDeliveryError('timeout_after_send', 'no answer')));
    await expect(service.update(REQUEST)).rejects.toMatchObject({ code: 'card_update_unclear' });
  });
});
