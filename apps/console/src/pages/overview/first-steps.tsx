import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAccounts, useTemplates } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { useMay } from '../../ui/gate.js';

/** Until the first message went out: what comes next. */
export function FirstSteps(): ReactNode {
  const t = useText();
  const may = useMay();
  const address = useAddress();
  const accounts = useAccounts();
  const templates = useTemplates();
  const messages = useQuery({
    queryKey: ['any-message'],
    queryFn: () => bodyOf(api.GET('/v1/messages', { params: { query: { limit: 1 } } })),
  });
  if (!may('templates:write') || messages.data === undefined || messages.data.data.length > 0) return null;
  const steps = [
    {
      text: t('first.account'),
      isDone: (accounts.data?.length ?? 0) > 0,
      go: <Link to="/accounts/new">{t('first.go')}</Link>,
    },
    {
      text: t('first.template'),
      isDone: (templates.data?.length ?? 0) > 0,
      go: <Link to="/templates/new">{t('first.go')}</Link>,
    },
    {
      text: t('first.send'),
      isDone: false,
      go: (
        <button type="button" className="chip" onClick={() => address.set({ send: '1' })}>
          {t('send.title')}
        </button>
      ),
    },
  ];
  return (
    <section className="card">
      <h2>{t('first.title')}</h2>
      <ol className="stack findings">
        {steps.map(({ text, isDone, go }) => (
          <li key={text} className="row">
            <span aria-hidden>{isDone ? '✓' : '○'}</span>
            <span className={isDone ? 'muted' : 'strong'}>{text}</span>
            {!isDone && go}
          </li>
        ))}
      </ol>
    </section>
  );
}
