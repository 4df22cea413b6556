import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAccounts, useChannelLabel } from '../../api/catalogue.js';
import type { Queue } from '../../api/types.js';
import { useWorkCount } from '../../app/work-count.js';
import { usePreferences } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { count, duration } from '../../ui/format.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';

/** Older than this, a delivery that is not meant to wait is a sign. */
const OLD_MS = 5 * 60_000;

/** What needs somebody now; most days nothing does. */
export function Attention({ queues }: { readonly queues: readonly Queue[] }): ReactNode {
  const t = useText();
  const { language } = usePreferences();
  const channelLabel = useChannelLabel();
  const { data: accounts } = useAccounts();
  const unknown = useWorkCount();
  const ill = (accounts ?? []).filter(({ health }) => health.state !== 'ok');
  const stuck = queues.filter(({ paused, oldestAgeMs = 0 }) => paused || oldestAgeMs > OLD_MS);
  const hasUnknown = unknown !== undefined && unknown !== '0';
  if (ill.length === 0 && stuck.length === 0 && !hasUnknown) {
    return <div className="notice is-ok">✓ {t('attention.none')}</div>;
  }
  return (
    <section className="card" aria-label={t('attention.title')}>
      <h2>{t('attention.title')}</h2>
      <ul className="stack findings">
        {ill.map(({ code, name, health }) => (
          <li key={code} className="row">
            <StatusTag status={health.state} />
            <span>{t('attention.account', { name })}</span>
            <ReasonText code={health.reason} />
            <Link to={`/accounts/${code}`}>{t('attention.look')}</Link>
          </li>
        ))}
        {stuck.map(({ channel, paused, oldestAgeMs = 0, waiting }) => (
          <li key={channel} className="row">
            <StatusTag status={paused ? 'paused' : 'waiting'} />
            <span>
              {t(paused ? 'attention.paused' : 'attention.old', {
                channel: channelLabel(channel),
                waiting: count(waiting),
                age: duration(oldestAgeMs, language),
              })}
            </span>
            <Link to="/queues">{t('attention.look')}</Link>
          </li>
        ))}
        {hasUnknown && (
          <li className="row">
            <StatusTag status="unknown" />
            <span>{t('attention.unknown', { count: unknown })}</span>
            <Link to="/dead-letters?tab=unknown">{t('attention.decide')}</Link>
          </li>
        )}
      </ul>
    </section>
  );
}
