import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isJsonObject } from '#libs/core';
import { parsedJson } from '../exchange/parse-json.js';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { LoginCodes } from '../world/login-codes.js';
import { OrgChart } from '../world/org-chart.js';
import { unionIdOf } from './contacts.endpoints.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { parseJsonBody } from './dingtalk-body.js';

const PREFIX = 'user-token.';
const LIFETIME_SECONDS = 7_200;
/** The member whom the token of a person stands for; an outsider's has an empty one. */
const tokenFor = (member: string | null): string =>
  `${PREFIX}${Buffer.from(member ?? '').toString('hex')}.${randomBytes(8).toString('hex')}`;

/** The code of a browser login becomes a token of the person. */
@Injectable()
export class UserAccessTokenEndpoint implements Endpoint {
  readonly path = '/v1.0/oauth2/userAccessToken';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-work';

  constructor(
    private readonly access: DingtalkAccess,
    private readonly codes: LoginCodes,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    const body = parsedJson(call.rawBody);
    if (!isJsonObject(body)) return undefined;
    return this.access.appBySecret(body['clientId'], body['clientSecret'])?.account;
  }

  handle(call: VendorCall): VendorAnswer {
    const { clientId, clientSecret, code, grantType } = parseJsonBody(call);
    if (!this.access.appBySecret(clientId, clientSecret))
      throw new Refusal('invalidClientIdOrSecret', '无效的clientId');
    if (grantType !== 'authorization_code') throw new Refusal('invalidParameter.grantType', '不合法的grantType');
    const taken = this.codes.take(typeof code === 'string' ? code : '');
    if ('fault' in taken) throw new Refusal('invalidParameter.authCode.notFound', '不存在的临时授权码');
    const accessToken = tokenFor(taken.member);
    return json({
      accessToken,
      refreshToken: tokenFor(taken.member),
      expireIn: LIFETIME_SECONDS,
      corpId: 'dingsandbox',
    });
  }
}

@Injectable()
export class ContactsMeEndpoint implements Endpoint {
  readonly path = '/v1.0/contact/users/me';
  readonly methods = ['GET'] as const;
  readonly channel = 'dingtalk-work';

  constructor(private readonly org: OrgChart) {}

  accountOf(): string | undefined {
    return undefined;
  }

  handle({ headers }: VendorCall): VendorAnswer {
    const token = headers['x-acs-dingtalk-access-token'];
    if (typeof token !== 'string') throw new Refusal('AuthenticationFailed.MissingParameter', '缺少参数');
    if (!token.startsWith(PREFIX)) throw new Refusal('InvalidAuthentication', '不合法的access_token');
    const id = Buffer.from(token.slice(PREFIX.length).split('.')[0] ?? '', 'hex').toString();
    const member = this.org.get(id);
    if (!member) return json({ nick: '访客', openId: 'open-outsider', unionId: 'union-outsider' });
    const { email, mobile, name } = member;
    return json({ nick: name, mobile, email, openId: `open-${id}`, unionId: unionIdOf(id), stateCode: '86' });
  }
}
