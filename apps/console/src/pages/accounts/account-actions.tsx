import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useChannels } from '../../api/catalogue.js';
import { api } from '../../api/client.js';
import type { Account, AccountCheck } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { faultSentence } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';

const MIN_REASON = 4;

export function AccountActions({ account }: { readonly account: Account }): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data: channels } = useChannels();
  const [asked, setAsked] = useState<Confirmation>();
  const { code, name, status, waiting = 0, usedBy = [] } = account;
  const canCheck = channels?.find((channel) => channel.name === account.channel)?.canCheck ?? false;
  const params = { path: { code } };
  const reload = async (): Promise<void> => {
    for (const key of [['account', code], ['account-list'], ['accounts']])
      await client.invalidateQueries({ queryKey: key });
  };
  const pause: Confirmation = {
    title: t('pause.title', { name }),
    body: t('pause.body', { waiting: count(waiting), templates: usedBy.length }),
    verb: t('pause.verb'),
    isDanger: true,
    reasonLength: MIN_REASON,
    act: async (reason) => {
      await api.POST('/v1/accounts/{code}/pause', { params, body: { reason } });
      await reload();
    },
  };
  const resume: Confirmation = {
    title: t('resume.title', { name }),
    body: t('resume.body', { waiting: count(waiting) }),
    verb: t('resume.verb'),
    act: async () => {
      await api.POST('/v1/accounts/{code}/resume', { params });
      await reload();
    },
  };
  const remove: Confirmation = {
    title: t('removeAccount.title', { name }),
    body: t('removeAccount.body'),
    verb: t('removeAccount.verb'),
    isDanger: true,
    typed: code,
    act: async () => {
      await api.DELETE('/v1/accounts/{code}', { params });
      await reload();
      void navigate('/accounts');
    },
  };
  return (
    <>
      {canCheck && <CheckButton code={code} onChecked={() => void reload()} />}
      {status === 'paused' ? (
        <GatedButton scope="accounts:operate" type="primary" onClick={() => setAsked(resume)}>
          {t('resume.open')}
        </GatedButton>
      ) : (
        <GatedButton scope="accounts:operate" onClick={() => setAsked(pause)}>
          {t('pause.open')}
        </GatedButton>
      )}
      <GatedButton scope="accounts:write" danger onClick={() => setAsked(remove)}>
        {t('removeAccount.open')}
      </GatedButton>
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}

function CheckButton({ code, onChecked }: { readonly code: string; readonly onChecked: () => void }): ReactNode {
  const t = useText();
  const { message: notice } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const address = useAddress();
  const [result, setResult] = useState<AccountCheck>();
  const isAsked = address.get('check') === 'now';
  const check = async (): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await api.POST('/v1/accounts/{code}/check', { params: { path: { code } } });
      setResult(data);
      onChecked();
    } catch (error) {
      void notice.error(faultSentence(error, t));
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    if (!isAsked) return;
    address.set({ check: undefined });
    void check();
  }, [isAsked]);
  return (
    <>
      <GatedButton scope="accounts:operate" loading={isBusy} onClick={() => void check()}>
        {t('check.open')}
      </GatedButton>
      <Modal
        open={result !== undefined}
        title={t(result?.ok ? 'check.ok' : 'check.bad')}
        footer={
          <Button loading={isBusy} onClick={() => void check()}>
            {t('check.again')}
          </Button>
        }
        onCancel={() => setResult(undefined)}
      >
        <ul className="stack findings">
          {result?.findings.map((finding) => (
            <li key={finding.check} className={finding.ok ? 'ok-text' : 'danger-text'}>
              {finding.ok ? '✓' : '✖'} {finding.text}
              {finding.remedy !== undefined && <div className="second">→ {finding.remedy}</div>}
            </li>
          ))}
        </ul>
      </Modal>
    </>
  );
}
