import { describe, expect, it } from '@jest/globals';
import { bodyOfWish, type Wish } from './recall-wish.js';

const wish: Wish = { by: 'template', from: '-1h', note: 'wrong price' };
const NOW = Date.parse('2026-11-23T08:00:00.000Z');

describe('a wish to stop something', () => {
  it('fixes the beginning of its range, and leaves the end to the API', () => {
    expect(bodyOfWish({ ...wish, template: 'price' }, NOW)).toEqual({
      note: 'wrong price',
      template: 'price',
      createdAfter: '2026-11-23T07:00:00.000Z',
    });
  });

  it('takes ids however they were pasted', () => {
    expect(bodyOfWish({ ...wish, by: 'messageIds', ids: ' a,b\n c ' }, NOW)).toMatchObject({
      messageIds: ['a', 'b', 'c'],
    });
    expect(bodyOfWish({ ...wish, by: 'providerMsgIds', account: 'app', ids: 'x\ny' }, NOW)).toMatchObject({
      providerMsgIds: [
        { account: 'app', id: 'x' },
        { account: 'app', id: 'y' },
      ],
    });
  });

  it('has the values of its correction', () => {
    const body = bodyOfWish(
      { ...wish, by: 'businessKey', businessKey: ' k ', correction: 'fix', params: { a: '1' } },
      NOW,
    );
    expect(body).toEqual({
      note: 'wrong price',
      businessKey: 'k',
      correction: { template: 'fix', params: { a: '1' } },
    });
  });
});
