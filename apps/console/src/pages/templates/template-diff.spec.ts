import { describe, expect, it } from '@jest/globals';
import { changedPart, differences } from './template-diff.js';

describe('two versions', () => {
  it('differ field by field, whatever the server adds', () => {
    const before = { version: 1, name: 'A', routes: [{ content: { title: 'Paid', url: 'x' } }], quietHours: null };
    const after = { version: 2, name: 'A', routes: [{ content: { title: 'Paid!' } }], quietHours: { from: '22:00' } };
    expect(differences(before, after)).toEqual([
      { path: 'routes.1.content.title', before: 'Paid', after: 'Paid!' },
      { path: 'routes.1.content.url', before: 'x' },
      { path: 'quietHours.from', after: '22:00' },
    ]);
  });

  it('are equal when only empty fields came', () => {
    expect(differences({ name: 'A' }, { name: 'A', description: '', quietHours: null })).toEqual([]);
  });

  it('show what changed within a text', () => {
    expect(changedPart('订单已付款', '订单未付款')).toEqual(['订单', '已', '付款']);
    expect(changedPart('aa', 'aaa')).toEqual(['aa', '', '']);
    expect(changedPart('same', 'same')).toEqual(['same', '', '']);
  });
});
