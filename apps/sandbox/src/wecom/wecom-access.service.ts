import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Refusal } from '../exchange/refusal.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import { Tokens } from '../state/tokens.js';
import { APPS, CORP_ID, type WecomApp } from './wecom-world.js';

/** Fetching again returns the same token with the lifetime that is left. */
const TOKEN_POLICY = { create: () => randomBytes(160).toString('base64url'), prolongs: false };

/** Who calls: by corp and secret, or by access token. */
@Injectable()
export class WecomAccess {
  constructor(private readonly tokens: Tokens) {}

  /** The app whose credentials a `gettoken` call carries. */
  appBySecret({ query }: VendorCall): WecomApp {
    const corpid = query['corpid'];
    const corpsecret = query['corpsecret'];
    if (!corpid) throw new Refusal(41002, 'corpid missing');
    if (!corpsecret) throw new Refusal(41004, 'corpsecret missing');
    if (corpid !== CORP_ID) throw new Refusal(40013, 'invalid corpid');
    const app = APPS.find(({ secret }) => secret === corpsecret);
    if (!app) throw new Refusal(40001, 'invalid credential');
    return app;
  }

  issueToken(app: WecomApp): { readonly value: string; readonly expiresInS: number } {
    return this.tokens.issue(app.account, TOKEN_POLICY);
  }

  /** The app whose token the call carries in its query. */
  appByToken({ query }: VendorCall): WecomApp {
    const token = query['access_token'];
    if (!token) throw new Refusal(41001, 'access_token missing');
    const result = this.tokens.check(token);
    if ('refused' in result && result.refused === 'expired') throw new Refusal(42001, 'access_token expired');
    const app = 'account' in result ? APPS.find(({ account }) => account === result.account) : undefined;
    if (!app) throw new Refusal(40014, 'invalid access_token');
    return app;
  }

  /** The label of the calling app, also behind an expired token; undefined when the call names none. */
  accountByToken({ query }: VendorCall): string | undefined {
    const account = this.tokens.ownerOf(query['access_token'] ?? '');
    return APPS.some((app) => app.account === account) ? account : undefined;
  }

  accountBySecret({ query }: VendorCall): string | undefined {
    return query['corpid'] === CORP_ID ? APPS.find(({ secret }) => secret === query['corpsecret'])?.account : undefined;
  }
}
