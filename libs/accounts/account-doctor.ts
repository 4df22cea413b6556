import { Inject, Injectable } from '@nestjs/common';
import type { AccountFinding } from '#libs/channels';
import { CLOCK, HongyanError, describeReason, reasonSentence, type Clock, type ProviderFault } from '#libs/core';
import { AccountReader } from './account-reader.js';
import { ProviderCalls } from './provider-calls.js';
import type { SendingAccount } from './sending-account.js';
import { TokenService } from './token.service.js';

const CHECK_TIMEOUT_MS = 10_000;

export interface AccountCheck {
  readonly ok: boolean;
  readonly checkedAt: Date;
  readonly findings: readonly AccountFinding[];
}

/** Looks at an account from outside: is it open, does the vendor take its credentials. Sends no message. */
@Injectable()
export class AccountDoctor {
  constructor(
    @Inject(AccountReader) private readonly reader: AccountReader,
    @Inject(TokenService) private readonly tokens: TokenService,
    @Inject(ProviderCalls) private readonly calls: ProviderCalls,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * At most one check of the vendor after one fetch of a token. Refused credentials pause the account, as in a send.
   * @throws NotFoundError
   */
  async check(code: string): Promise<AccountCheck> {
    this.reader.invalidate(code);
    const findings = await this.examine(code);
    return { ok: findings.every((finding) => finding.ok), checkedAt: this.clock.now(), findings };
  }

  private async examine(code: string): Promise<readonly AccountFinding[]> {
    let account: SendingAccount;
    try {
      account = await this.reader.get(code);
    } catch (error) {
      return [findingOf('address', code, error)];
    }
    return [gateFinding(account), ...breakerFindings(account), ...(await this.examineVendor(account))];
  }

  private async examineVendor(account: SendingAccount): Promise<readonly AccountFinding[]> {
    let check = 'token';
    try {
      const found = this.tokens.hasToken(account.channel) ? [TOKEN_FINE] : [];
      await this.tokens.endBackoff(account.code);
      const { value } = await this.tokens.current(account);
      check = 'call';
      return [...found, ...(await this.calls.check(account, value, CHECK_TIMEOUT_MS))];
    } catch (error) {
      return [findingOf(check, account.code, error)];
    }
  }
}

const TOKEN_FINE: AccountFinding = {
  check: 'token',
  ok: true,
  text: { zh: '平台接受凭证，访问令牌有效', en: 'The provider takes the credentials; the access token is valid' },
};

function gateFinding(account: SendingAccount): AccountFinding {
  if (account.status === 'active')
    return { check: 'status', ok: true, text: { zh: '账号已启用', en: 'The account is active' } };
  const reason = account.pausedReason ?? '';
  return {
    check: 'status',
    ok: false,
    text: { zh: `账号已暂停：${reason}`, en: `The account is paused: ${reason}` },
    remedy:
      account.pausedBy === 'credentials'
        ? {
            zh: '更换凭证，或在平台修正后恢复账号',
            en: 'Replace the credentials, or mend them at the provider and resume',
          }
        : { zh: '恢复账号', en: 'Resume the account' },
  };
}

function breakerFindings({ breakerOpenedAt }: SendingAccount): AccountFinding[] {
  if (!breakerOpenedAt) return [];
  const since = breakerOpenedAt.toISOString();
  return [
    {
      check: 'breaker',
      ok: false,
      text: {
        zh: `自 ${since} 起连不上平台，已熔断，每秒试探一次`,
        en: `The provider has not been reached since ${since}; one delivery a second tries`,
      },
      remedy: {
        zh: '检查网络、DNS、代理与基础地址；一次试探得到答复后自动恢复',
        en: 'Look at network, DNS, proxy and base address; the first answer to a probe opens the account again',
      },
    },
  ];
}

/** A failure in the words of the reason catalogue, with what the vendor said. */
function findingOf(check: string, code: string, error: unknown): AccountFinding {
  const known = error instanceof HongyanError ? error : undefined;
  const provider = known?.provider;
  const detail = provider ? ` (${providerDetail(provider)})` : '';
  const reason = describeReason(known?.code ?? 'internal_error');
  if (!reason)
    return { check, ok: false, text: { zh: `检查失败${detail}`, en: `${known?.message ?? 'Failed'}${detail}` } };
  return {
    check,
    ok: false,
    text: { zh: `${reason.label.zh}${detail}`, en: `${reason.label.en}${detail}` },
    remedy: provider?.hint ?? {
      zh: reasonSentence(reason, 'zh', { account: code }),
      en: reasonSentence(reason, 'en', { account: code }),
    },
  };
}

/** An operator has to enter the address at the provider. */
const providerDetail = ({ callerIp, code, message }: ProviderFault): string =>
  `${code} ${message}${callerIp === undefined ? '' : `, called from ${callerIp}`}`;
