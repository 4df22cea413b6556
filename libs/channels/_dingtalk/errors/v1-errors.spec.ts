import { describe, expect, it } from '@jest/globals';
import { ruleFor, type ProviderErrorClass } from '../../provider-errors.js';
import { V1_ERRORS } from './v1-errors.js';

const FORBIDDEN = 'Forbidden.AccessDenied';
const ROBOT_CODE = ['empty', 'missing', 'invalid', 'notExsit', 'auth', 'coolApp'];

/** Every code that the vendor's pages and answers show, by what it means for a delivery. */
const CLASSES: Readonly<Record<ProviderErrorClass, readonly string[]>> = {
  token: [
    ...['InvalidAuthentication', 'accesstoken.expired', 'HTTP 401'],
    ...['invalidParameter.token.invalid', 'token.notExisted'],
  ],
  rate: [
    ...['QpsLimitForAppkeyAndApi', 'QpsLimitForSuitekeyAndOrgAndApi', 'QpsLimitForApi'].map(beginningForbidden),
    ...['QpmLimitForAppkeyAndApi', 'QpmLimitForSuitekeyAndOrgAndApi'].map(beginningForbidden),
    ...['system.busy', 'systemBusy', 'ServiceUnavailable'],
    ...['send.too.fast', 'send.byToken.tooFast', 'too.many.group', 'too.many.people'],
  ],
  retry: ['system.error', 'systemError', 'unknownError', 'server.error', 'HTTP 500', 'send.ding.exception'],
  media: [],
  unclear: ['unknown.send.result'],
  credentials: [
    ...['invalidClientIdOrSecret', 'invalid.client', 'unsupported.grant.type', 'unauthorized.client'],
    ...['AccessTokenPermissionDenied', 'IpNotInWhiteList'].map(beginningForbidden),
    ...ROBOT_CODE.map((end) => `invalidParameter.robotCode.${end}`),
    ...['resource.not.found', 'resource.unavailable', 'not.allowed.robotCode', 'bot.stopped'],
    ...['unauthorized', 'auth.error', 'ip.not.match'],
  ],
  account: [
    ...['AuthenticationFailed.MissingParameter', 'HTTP 404', 'HTTP 405', 'InvalidAction.NotFound'],
    `${FORBIDDEN}.ApiCountLimitForOrg`,
    ...['template.not.existed', 'template.stopped', 'miss.chatbotId', 'sign.not.match'],
    ...['bot.forbidden.sendMessage', 'send.forbidden', 'chatbotId.notAllow.sendOTO'],
  ],
  recipient: [
    ...['miss.openConversationId', 'invalid.openConversationId', 'openConversationId.notExisted'],
    ...['conversation.org.notMatch', 'conversation.org.dismatch', 'group.disbanded', 'session.notExisted'],
    ...['session.expired', 'robot.oto.notExist', 'staffId.notExisted', 'illegal.receivers'],
  ],
  content: [
    ...['userIds.empty', 'userIds.overMax', 'userId.empty', 'msgKey.empty', 'msgParam.invalid'].map(beginningInvalid),
    ...['msgParam.tooLong', 'msgBody.invalid', 'msg.unsupport', 'param.invalid'].map(beginningInvalid),
    ...[
      'receivers.exceed',
      'illegal.excludes',
      'miss.param.userId',
      'invalid.param.title',
      'sendMessage.model.notMatch',
    ],
    ...['keywords.not.match', 'contain.unsafe.url', 'contain.notAllowed.text', 'only.groupAdmin.canAtAll'],
    ...['invalidParameter.processQueryKeys.overMax', 'invalidParameter.processQueryKey.missing'],
    ...['invalid.processQueryKey', 'robot.processQueryKey.expired', 'processQueryKey.expireTime'],
    'notRevoke.all.messages',
  ],
};

function beginningForbidden(end: string): string {
  return `${FORBIDDEN}.${end}`;
}

function beginningInvalid(end: string): string {
  return `invalidParameter.${end}`;
}

describe('the error table of the newer API family', () => {
  it.each(Object.entries(CLASSES).flatMap(([name, codes]) => codes.map((code) => [code, name] as const)))(
    'lists %s as %s',
    (code, name) => {
      expect(ruleFor(V1_ERRORS, code)?.class).toBe(name);
    },
  );

  it('lists nothing else', () => {
    const codes = Object.values(CLASSES).flat();
    const isDocumented = (entry: string): boolean =>
      codes.some((code) => code === entry || (entry.endsWith('*') && code.startsWith(entry.slice(0, -1))));
    expect(Object.keys(V1_ERRORS).filter((entry) => !isDocumented(entry))).toEqual([]);
  });
});
