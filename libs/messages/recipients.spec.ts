import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#libs/core';
import { canonicalNativeId } from '#libs/directory';
import { parseRecipient } from './recipients.js';

function parsed(value: JsonValue) {
  const result = parseRecipient(value, 0);
  if ('faults' in result) throw new TypeError(JSON.stringify(result.faults));
  return result.recipient;
}

function faults(value: JsonValue, index = 0): string[] {
  const result = parseRecipient(value, index);
  return 'faults' in result ? result.faults.map(({ code, pointer }) => `${pointer} ${code}`) : [];
}

describe('a recipient', () => {
  it.each([
    ['zhangsan', 'user', 'zhangsan', 'user:zhangsan'],
    [{ user: 'u-7' }, 'user', 'u-7', 'user:u-7'],
    [{ mobile: '13800000000' }, 'mobile', '13800000000', 'mobile:13800000000'],
    [{ mobile: '+86 138-0000-0000' }, 'mobile', '13800000000', 'mobile:13800000000'],
    [{ mobile: '008613800000000' }, 'mobile', '13800000000', 'mobile:13800000000'],
    [{ mobile: '+85291234567' }, 'mobile', '+85291234567', 'mobile:+85291234567'],
    [{ email: 'Li@Corp.CN' }, 'email', 'li@corp.cn', 'email:li@corp.cn'],
    [{ wecom: 'LiSi' }, 'native', 'LiSi', 'wecom:lisi'],
    [{ dingtalk: 'Manager01' }, 'native', 'Manager01', 'dingtalk:Manager01'],
    [{ customer: 'wmAbCd0001' }, 'customer', 'wmAbCd0001', 'customer:wmAbCd0001'],
    [{ department: '12' }, 'department', '12', 'department:12'],
    [{ department: 12 }, 'department', '12', 'department:12'],
    [{ tag: '3' }, 'tag', '3', 'tag:3'],
    [{ all: true }, 'all', '', 'all'],
    [{ wecom: { department: '12' } }, 'department', '12', 'wecom:department:12'],
    [{ dingtalk: { all: true } }, 'all', '', 'dingtalk:all'],
  ])('%j is understood', (value, type, id, ref) => {
    expect(parsed(value)).toMatchObject({ type, id, ref });
  });

  it('keeps the vendor it is addressed at', () => {
    expect(parsed({ wecom: { tag: '1' } }).family).toBe('wecom');
    expect(parsed({ dingtalk: 'a' }).family).toBe('dingtalk');
    expect(parsed('a').family).toBeUndefined();
  });

  it('may have params of its own', () => {
    expect(parsed({ user: 'u', params: { name: '王五' } }).params).toEqual({ name: '王五' });
    expect(parsed({ user: 'u' })).not.toHaveProperty('params');
    expect(faults({ user: 'u', params: { name: null } }, 4)).toEqual(['/recipients/4/params/name wrong_type']);
  });

  it.each([[1], [null], [[]], [true]])('is not %j', (value) => {
    expect(faults(value)).toEqual(['/recipients/0 wrong_type']);
  });

  it.each([[{}], [{ all: false }], [{ user: 1 }], [{ wecom: {} }], [{ wecom: { department: '1', tag: '2' } }]])(
    'needs to be addressed: %j',
    (value) => expect(faults(value)).toEqual(['/recipients/0 invalid_recipient']),
  );

  it('is addressed in one way only', () => {
    expect(faults({ user: 'a', mobile: '138' })).toEqual(['/recipients/0/mobile ambiguous_recipient']);
    expect(faults({ wecom: 'a', dingtalk: 'b' })).toEqual(['/recipients/0/dingtalk ambiguous_recipient']);
  });

  it('has no other fields', () => {
    expect(faults({ user: 'a', nickname: 'b' }, 2)).toEqual(['/recipients/2/nickname unknown_field']);
  });

  it.each(['u1|u2', 'u1,u2', 'u1 u2', 'u1\nu2', '@all', '@ALL', '', 'a\u0000', '\ud83d', 'x'.repeat(129)])(
    'cannot smuggle more than one id in: %j',
    (id) => {
      expect(faults(id)).toEqual(['/recipients/0 invalid_recipient_id']);
      expect(faults({ wecom: id })).toEqual(['/recipients/0/wecom invalid_recipient_id']);
      expect(faults({ department: id })).toEqual(['/recipients/0/department invalid_recipient_id']);
    },
  );
});

describe('the canonical id of a vendor', () => {
  it('ignores case exactly where the vendor does', () => {
    expect(canonicalNativeId('wecom', 'LiSi')).toBe('lisi');
    expect(canonicalNativeId('dingtalk', 'LiSi')).toBe('LiSi');
  });
});
