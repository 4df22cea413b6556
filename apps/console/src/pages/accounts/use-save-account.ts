import { useQueryClient } from '@tanstack/react-query';
import { App, type FormInstance } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import type { Account } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { cleanValues } from '../../ui/clean-values.js';
import { showFaults } from '../../ui/form-faults.js';

export interface AccountValues {
  readonly code: string;
  readonly name: string;
  readonly channel: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly limits?: Readonly<Record<string, number | null>>;
  readonly baseUrl?: string;
  readonly proxyUrl?: string;
}

interface Saving {
  readonly save: (values: AccountValues) => Promise<void>;
  readonly error: unknown;
  readonly isBusy: boolean;
}

/** Saves, and has what was saved checked where the vendor can be asked. */
export function useSaveAccount(
  form: FormInstance<AccountValues>,
  account: Account | undefined,
  tag: string | undefined,
  canCheck: boolean,
): Saving {
  const address = useAddress();
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message: notice } = App.useApp();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const save = async (values: AccountValues): Promise<void> => {
    setBusy(true);
    setError(undefined);
    const body = withConfig(cleanValues(values) as AccountValues);
    try {
      if (account) {
        const { code } = account;
        const headers = tag === undefined ? {} : { 'if-match': tag };
        await api.PUT('/v1/accounts/{code}', {
          params: { path: { code } },
          body: changeOf(account, body) as never,
          headers,
        });
      } else await api.POST('/v1/accounts', { body: body as never });
      void notice.success(t('accounts.saved'));
      for (const key of [['account', body.code], ['account-list'], ['accounts']])
        await client.invalidateQueries({ queryKey: key });
      if (!account) void navigate(`/accounts/${body.code}${canCheck ? '?check=now' : ''}`);
      else if (canCheck) address.set({ check: 'now' });
    } catch (refusal) {
      showFaults(form, refusal);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return { save, error, isBusy };
}

/** An account whose every field is optional may have none. */
function withConfig(values: AccountValues): AccountValues {
  return { ...values, config: values.config ?? {} };
}

/** Code and channel never change; what the form does not show stays as it is. */
function changeOf(account: Account, { name, config, limits, baseUrl, proxyUrl }: AccountValues): object {
  const { compat, status, pausedReason } = account;
  const kept = { compat, status, pausedReason };
  return { ...kept, name, config, limits: limits ?? {}, ...(baseUrl && { baseUrl }), ...(proxyUrl && { proxyUrl }) };
}
