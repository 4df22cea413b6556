import { describe, expect, it } from '@jest/globals';
import { describeReason } from '#libs/core';
import { ROBOT_ERRORS, robotRule } from './dingtalk-robot.errors.js';

const SIGNATURE_TEXT =
  'description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳必须都放在调用的网址中，请确认机器人的密钥加密和填写正确;link:请参考本接口对应文档获得具体要求，或者在https://open.dingtalk.com/document/  搜索相关文档;';

describe('robotRule', () => {
  it.each([
    ['310000', 'keywords not in content', 'content', 'keyword_missing'],
    [
      '310000',
      'keywords not in content, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]',
      'content',
      'keyword_missing',
    ],
    ['310000', '错误描述:关键词不匹配;解决方案:请联系群管理员查看此机器人的关键词;', 'content', 'keyword_missing'],
    ['310000', 'invalid timestamp', 'retry', 'clock_skew'],
    ['310000', '错误描述:机器人发送签名过期;解决方案:请重新生成;', 'retry', 'clock_skew'],
    ['310000', 'sign not match', 'account', 'signature_mismatch'],
    ['310000', SIGNATURE_TEXT, 'account', 'signature_mismatch'],
    ['310000', 'ip 203.0.113.9 not in whitelist', 'credentials', 'ip_not_trusted'],
    ['310000', 'something new', 'account', 'provider_rejected'],
    ['300001', 'token is not exist', 'credentials', 'robot_removed'],
    ['300005', 'token is not exist', 'credentials', 'robot_removed'],
    ['400101', '', 'credentials', 'robot_removed'],
    ['400106', '', 'credentials', 'robot_removed'],
    ['400102', '', 'credentials', 'robot_disabled'],
    ['400013', '', 'recipient', 'group_gone'],
    ['400105', '', 'content', 'kind_unsupported'],
    ['400402', '错误描述:参数 markdown --》 title 缺失', 'content', 'content_invalid'],
    ['400499', '', 'content', 'content_invalid'],
    ['40035', '缺少参数 json', 'content', 'content_invalid'],
    ['40035', '缺少参数 access_token', 'credentials', 'robot_removed'],
    ['43002', '需要POST请求', 'account', 'provider_rejected'],
    ['43004', '', 'account', 'provider_rejected'],
    ['460101', 'message too long, exceed 20000 bytes', 'content', 'content_too_long'],
    ['101002', 'message is too long', 'content', 'content_too_long'],
    ['430101', '', 'content', 'link_forbidden'],
    ['430102', '', 'content', 'content_forbidden'],
    ['430103', '', 'content', 'content_forbidden'],
    ['430104', '', 'content', 'content_forbidden'],
    ['-1', '系统繁忙', 'retry', 'provider_busy'],
  ])('reads %s "%s" as %s, %s', (code, message, kind, reason) => {
    expect(robotRule(code, message)).toMatchObject({ class: kind, reason });
  });

  it.each([
    ['130101', 600_000],
    ['410100', 600_000],
    ['660026', 60_000],
  ])('waits after %s for %i ms', (code, waitMs) => {
    expect(robotRule(code, 'send too fast')).toMatchObject({ class: 'rate', waitMs });
  });

  it('names the keywords on file when one is missing', () => {
    expect(robotRule('310000', 'keywords not in content', ['告警', '订单'])?.remedy?.en).toContain('告警, 订单');
  });

  it('asks for no new token, since a robot has none', () => {
    expect(Object.values(ROBOT_ERRORS).filter((rule) => rule.class === 'token')).toEqual([]);
  });

  it.each(Object.entries(ROBOT_ERRORS))(
    'explains code %s in both languages with a reason of the catalogue',
    (_, rule) => {
      expect(rule.text.zh).not.toBe('');
      expect(rule.text.en).not.toBe('');
      expect(describeReason(rule.reason)).toBeDefined();
    },
  );
});
