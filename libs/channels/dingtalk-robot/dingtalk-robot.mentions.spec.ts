import { describe, expect, it } from '@jest/globals';
import type { Mention } from '../channel.js';
import { appendMentions, atOf } from './dingtalk-robot.mentions.js';

const alice: Mention = { type: 'user', id: 'u_alice' };
const mobile: Mention = { type: 'mobile', id: '13800001111' };
const all: Mention = { type: 'all' };

describe('appendMentions', () => {
  it('appends each mention to the content of a text and the text of a markdown', () => {
    expect(appendMentions({ kind: 'text', content: 'Hi' }, [mobile, alice])).toEqual({
      kind: 'text',
      content: 'Hi @13800001111 @u_alice',
    });
    expect(appendMentions({ kind: 'markdown', title: 't', text: 'Hi' }, [alice])).toEqual({
      kind: 'markdown',
      title: 't',
      text: 'Hi @u_alice',
    });
  });

  it('appends nothing for a mention that is there already, nor the same one twice', () => {
    const content = { kind: 'text', content: '@u_alice, look. @13800001111' };
    expect(appendMentions(content, [alice, mobile])).toEqual(content);
    expect(appendMentions({ kind: 'text', content: 'Hi' }, [alice, alice])['content']).toBe('Hi @u_alice');
  });

  it('does not take a longer id for the mentioned one', () => {
    const text = (content: string) => appendMentions({ kind: 'text', content }, [alice])['content'];
    expect(text('@u_alice2')).toBe('@u_alice2 @u_alice');
    expect(text('@u_alice.w')).toBe('@u_alice.w @u_alice');
    expect(text('@u_alice.')).toBe('@u_alice.');
  });

  it('writes nothing for everybody and into no other kind', () => {
    expect(appendMentions({ kind: 'text', content: 'Hi' }, [all])['content']).toBe('Hi');
    const link = { kind: 'link', title: 't', text: 'x', messageUrl: 'https://a.cn' };
    expect(appendMentions(link, [alice])).toEqual(link);
  });
});

describe('atOf', () => {
  it('sorts the mentions into the lists of the vendor and leaves out what is empty', () => {
    expect(atOf([mobile, alice, all])).toEqual({ atMobiles: ['13800001111'], atUserIds: ['u_alice'], isAtAll: true });
    expect(atOf([alice, alice])).toEqual({ atUserIds: ['u_alice'] });
    expect(atOf([all])).toEqual({ isAtAll: true });
    expect(atOf([])).toBeUndefined();
  });
});
