import { describe, expect, it } from '@jest/globals';
import { cleanQuery, readQuery } from './read-query.js';

describe('what is typed into the search box', () => {
  it.each([
    ['  ｏｒｄｅｒ：Ａ１ ', 'order:A1'],
    ['\u200B“张三”\uFEFF', '张三'],
    ['１３８ ００００ ００００', '138 0000 0000'],
  ])('%j is cleaned to %j', (typed, text) => {
    expect(cleanQuery(typed)).toBe(text);
  });

  it.each([
    ['019A8F6E-7C00-7abc-8def-0123456789ab', { id: '019a8f6e-7c00-7abc-8def-0123456789ab' }],
    ['mobile:+86 138 0000 0000', { refs: ['mobile:13800000000'] }],
    ['key:order:A1', { refs: [], businessKey: 'order:A1' }],
    ['msgid:abc', { refs: [], providerMsgId: 'abc' }],
    ['template:order-paid', { code: 'order-paid' }],
    ['order:A1', { businessKey: 'order:A1', providerMsgId: 'order:A1' }],
    ['user:7', { refs: ['user:7'], businessKey: 'user:7' }],
    ['张三 销售部', { name: '张三 销售部' }],
    ['zhangsan', { name: 'zhangsan', code: 'zhangsan', businessKey: 'zhangsan' }],
  ])('%j may be %j', (typed, terms) => {
    expect(readQuery(typed)).toMatchObject(terms);
  });

  it.each(['13800000000', '+86 138-0000-0000', '0086 13800000000'])('%j is a mobile first', (typed) => {
    expect(readQuery(typed).refs[0]).toBe('mobile:13800000000');
  });

  it('with an at sign and a dot is an e-mail first', () => {
    expect(readQuery('Li@Corp.cn').refs[0]).toBe('email:li@corp.cn');
  });

  it('may be the id of a person at every vendor', () => {
    expect(readQuery('ZhangSan').refs).toEqual(expect.arrayContaining(['user:ZhangSan', 'group:ZhangSan']));
    expect(readQuery('ZhangSan').refs.length).toBeGreaterThan(3);
  });
});
