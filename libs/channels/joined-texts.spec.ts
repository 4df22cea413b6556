import { describe, expect, it } from '@jest/globals';
import { joinTexts, joinTitledTexts } from './joined-texts.js';

describe('joined texts', () => {
  const join = joinTexts('content', ['people']);

  it('are a line each, oldest first', () => {
    expect(join([{ content: 'one' }, { content: 'two' }], 0)).toEqual({ content: 'one\ntwo' });
  });

  it('say how many travel in another message', () => {
    expect(join([{ content: 'one' }, { content: 'two' }], 3)).toEqual({ content: 'one\ntwo\n（另有 3 条，另行发送）' });
  });

  it('keep every member of the lists beside them, once', () => {
    const bodies = [
      { content: 'one', people: ['a', 'b'] },
      { content: 'two' },
      { content: 'three', people: ['b', 'c'] },
    ];
    expect(join(bodies, 0)).toEqual({ content: 'one\ntwo\nthree', people: ['a', 'b', 'c'] });
  });
});

describe('joined texts with a title', () => {
  it('have the title of the oldest and the number of them all, and paragraphs of their own', () => {
    const join = joinTitledTexts('title', 'text');
    expect(
      join(
        [
          { title: 'CPU', text: '- one' },
          { title: 'Disk', text: '- two' },
        ],
        1,
      ),
    ).toEqual({ title: 'CPU（3 条）', text: '- one\n\n- two\n\n（另有 1 条，另行发送）' });
  });
});
