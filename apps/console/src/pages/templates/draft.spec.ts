import { describe, expect, it } from '@jest/globals';
import type { Template } from '../../api/types.js';
import { editable, paramsOf, placeholdersOf, toSave } from './draft.js';

const route = {
  channel: 'letter',
  account: 'post',
  content: { kind: 'text', content: 'Hello {{name}}, {{order.id}}' },
};
const edited = { channel: route.channel, content: route.content, pool: ['post'] };
const template = { code: 'a', name: 'A', routes: [route] };
const rules = { hasDedupe: true, hasFrequency: false, hasQuietHours: false, hasFallback: false };

describe('a draft', () => {
  it('says that what is switched off is off', () => {
    const saved = toSave({
      ...template,
      routes: [{ ...edited }],
      rules: { ...rules, hasDedupe: false },
      quietHours: { from: '22:00', to: '08:00' },
    });
    expect(saved).toMatchObject({ dedupe: { content: null, frequency: null }, quietHours: null, fallback: null });
    expect(saved).not.toHaveProperty('rules');
  });

  it('is saved as it was read', () => {
    const quietHours = { from: '22:00', to: '08:00', action: 'drop' as const };
    const body = { ...template, variables: [], quietHours, fallback: null, dedupe: { content: null, frequency: null } };
    const read = { ...body, version: 3, latestVersion: 3, publishedVersion: 1, createdAt: '', updatedAt: '' };
    expect(toSave(editable(read as unknown as Template))).toEqual(body);
  });

  it('writes one account as one and several as a pool', () => {
    const pooled = (pool: readonly string[]): unknown =>
      toSave({ ...template, routes: [{ ...edited, pool }] }).routes[0];
    expect(pooled(['b'])).toMatchObject({ account: 'b' });
    expect(pooled(['b', 'c'])).toMatchObject({ accounts: ['b', 'c'] });
    expect(pooled(['b', 'c'])).not.toHaveProperty('account');
    expect(pooled(['b', 'c'])).not.toHaveProperty('pool');
  });

  it('has a value for every placeholder, in the longest sample too', () => {
    expect(placeholdersOf(template.routes)).toEqual(['name', 'order.id']);
    const draft = { ...template, variables: [{ name: 'name', example: 'Zhang' }] };
    const samples = { typical: {}, longest: { name: 'Zhang Zhang' } };
    expect(paramsOf(draft, samples, 'typical')).toEqual({ name: 'Zhang', 'order.id': '〔order.id〕' });
    expect(paramsOf(draft, samples, 'longest')).toEqual({ name: 'Zhang Zhang', 'order.id': '〔order.id〕' });
  });
});
