import { describe, expect, it } from '@jest/globals';
import { faultOf } from './vendor-text.js';

const faultIn = (errmsg: unknown, secrets: readonly string[] = []) =>
  faultOf({ errcode: 40058, fields: { errcode: 40058, errmsg: errmsg as string } }, secrets);

describe('the text of a refusal', () => {
  it('keeps what was said, and apart from it the hint and our address', () => {
    expect(
      faultIn(
        'taskid has existed, or empty, hint: [1760000002_17_0f3a], from ip: 2001:db8:0:0:0:0:0:7, more info at https://open.work.weixin.qq.com/devtool/query?e=42014',
      ),
    ).toEqual({
      name: 'wecom',
      code: '40058',
      message: 'taskid has existed, or empty',
      supportId: '1760000002_17_0f3a',
      callerIp: '2001:db8:0:0:0:0:0:7',
    });
  });

  it('takes nothing for our address that is none', () => {
    expect(faultIn('no, from ip: somewhere, more info at https://a.cn')).toEqual({
      name: 'wecom',
      code: '40058',
      message: 'no',
    });
  });

  it('masks addresses and secrets wherever they stand', () => {
    expect(faultIn('ip 203.0.113.7 used key abc-1 twice', ['abc-1', '']).message).toBe('ip *.*.*.* used key *** twice');
  });

  it('is bounded, and empty when there is none', () => {
    expect(faultIn('x'.repeat(100_000)).message.length).toBeLessThanOrEqual(500);
    expect(faultIn(' '.repeat(1_000_000)).message).toBe('');
    expect(faultIn({ a: 1 }).message).toBe('');
  });
});
