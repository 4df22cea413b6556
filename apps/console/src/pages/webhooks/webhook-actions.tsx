import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import type { Webhook } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { faultSentence } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { SecretDialog } from '../../ui/secret-dialog.js';
import { WebhookForm } from './webhook-form.js';

/** What can be done with a webhook as a whole. */
export function WebhookActions({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isEditing, setEditing] = useState(false);
  const [asked, setAsked] = useState<Confirmation>();
  const [secret, setSecret] = useState<string>();
  const reload = (): Promise<void> => client.invalidateQueries({ queryKey: ['webhooks'] });
  const confirmations = useConfirmations(webhook, { reload, show: setSecret });
  const test = async (): Promise<void> => {
    try {
      await api.POST('/v1/webhooks/{id}/test', { params: { path: { id: webhook.id } } });
      void message.success(t('webhooks.tested'));
      await reload();
    } catch (error) {
      void message.error(faultSentence(error, t));
    }
  };
  return (
    <>
      <GatedButton scope="webhooks:write" onClick={() => void test()}>
        {t('webhooks.test')}
      </GatedButton>
      <GatedButton scope="webhooks:write" onClick={() => setEditing(true)}>
        {t('webhooks.editShort')}
      </GatedButton>
      <GatedButton scope="webhooks:write" onClick={() => setAsked(confirmations.toggle())}>
        {t(webhook.enabled ? 'webhooks.switchOff' : 'webhooks.switchOn')}
      </GatedButton>
      <GatedButton scope="webhooks:write" onClick={() => setAsked(confirmations.rotate())}>
        {t('webhooks.rotate')}
      </GatedButton>
      <GatedButton scope="webhooks:write" danger onClick={() => setAsked(confirmations.remove())}>
        {t('webhooks.delete')}
      </GatedButton>
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
      {isEditing && (
        <WebhookForm
          webhook={webhook}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            void reload();
          }}
        />
      )}
      {secret !== undefined && (
        <SecretDialog title={t('webhooks.secretTitle')} value={secret} onClose={() => setSecret(undefined)}>
          {t('webhooks.secretFor')}
        </SecretDialog>
      )}
    </>
  );
}

interface Outcomes {
  readonly reload: () => Promise<void>;
  readonly show: (secret: string) => void;
}

interface Confirmations {
  readonly toggle: () => Confirmation;
  readonly rotate: () => Confirmation;
  readonly remove: () => Confirmation;
}

function useConfirmations(webhook: Webhook, { reload, show }: Outcomes): Confirmations {
  const t = useText();
  const navigate = useNavigate();
  const { callers, enabled, events, id, name, templates, url, waiting } = webhook;
  const params = { path: { id } };
  const values = { name, count: count(waiting) };
  return {
    toggle: () => ({
      title: t(enabled ? 'webhooks.switchOffTitle' : 'webhooks.switchOnTitle', values),
      body: t(enabled ? 'webhooks.switchOffBody' : 'webhooks.switchOnBody', values),
      verb: t(enabled ? 'webhooks.switchOff' : 'webhooks.switchOn'),
      act: async () => {
        const body = { name, url, events, callers, templates, enabled: !enabled };
        await api.PUT('/v1/webhooks/{id}', { params, body });
        await reload();
      },
    }),
    rotate: () => ({
      title: t('webhooks.rotateTitle', values),
      body: t('webhooks.rotateBody'),
      verb: t('webhooks.rotate'),
      act: async () => {
        show((await bodyOf(api.POST('/v1/webhooks/{id}/rotate-secret', { params }))).secret);
        await reload();
      },
    }),
    remove: () => ({
      title: t('webhooks.deleteTitle', values),
      body: t('webhooks.deleteBody', values),
      verb: t('webhooks.delete'),
      isDanger: true,
      act: async () => {
        await api.DELETE('/v1/webhooks/{id}', { params });
        await navigate('/webhooks');
        await reload();
      },
    }),
  };
}
