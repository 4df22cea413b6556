import { describe, expect, it } from '@jest/globals';
import type { Content } from '../content.js';
import { withTaskId } from './task-id.js';

const MESSAGE = '0197c2f4-7a00-7000-8000-000000000001';
const card = (fields: Partial<Content>): Content => ({
  kind: 'template_card',
  card_type: 'button_interaction',
  ...fields,
});

describe('the task id of a card', () => {
  it('stays as given in the first delivery of a message', () => {
    expect(withTaskId(card({ task_id: 'leave@1' }), `${MESSAGE}-1`)['task_id']).toBe('leave@1');
  });

  it.each([2, 10])('is told apart in delivery %d', (no) => {
    expect(withTaskId(card({ task_id: 'leave@1' }), `${MESSAGE}-${no}`)['task_id']).toBe(`leave@1-${no}`);
  });

  it('never grows over what the vendor takes', () => {
    const taskId = withTaskId(card({ task_id: 'a'.repeat(128) }), `${MESSAGE}-12`)['task_id'];
    expect(taskId).toBe(`${'a'.repeat(125)}-12`);
  });

  it.each(['button_interaction', 'vote_interaction', 'multiple_interaction'])('is made up for %s', (card_type) => {
    expect(withTaskId(card({ card_type }), `${MESSAGE}-3`)['task_id']).toBe(`${MESSAGE}-3`);
  });

  it('is made up for a notice with a menu, and not added to one without', () => {
    const notice = card({ card_type: 'text_notice' });
    expect(withTaskId({ ...notice, action_menu: {} }, `${MESSAGE}-1`)['task_id']).toBe(`${MESSAGE}-1`);
    expect(withTaskId(notice, `${MESSAGE}-2`)).toEqual(notice);
  });

  it('is nothing that other kinds have', () => {
    expect(withTaskId({ kind: 'text', content: 'a' }, `${MESSAGE}-2`)).toEqual({ kind: 'text', content: 'a' });
  });
});
