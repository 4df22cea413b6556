import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useChannelLabel } from '../../api/catalogue.js';
import type { Queue } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { count } from '../../ui/format.js';
import { Lasting } from '../../ui/moment.js';
import { StatusTag } from '../../ui/status-tag.js';

export function Backlog({ queues }: { readonly queues: readonly Queue[] }): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const most = Math.max(1, ...queues.map(({ waiting }) => waiting));
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('backlog.title')}</h2>
        <Link to="/queues">{t('nav.queues')}</Link>
      </div>
      <table className="table">
        <caption className="hidden">{t('backlog.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('messages.channel')}</th>
            <th scope="col">{t('queues.waiting')}</th>
            <th scope="col">{t('queues.oldest')}</th>
            <th scope="col">{t('queues.eta')}</th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <tr key={queue.channel}>
              <td>
                {channelLabel(queue.channel)} {queue.paused && <StatusTag status="paused" />}
              </td>
              <td className="num">
                <meter
                  className="meter"
                  min={0}
                  max={most}
                  value={queue.waiting}
                  aria-label={channelLabel(queue.channel)}
                />{' '}
                {count(queue.waiting)}
              </td>
              <td>
                <Lasting ms={queue.oldestAgeMs} />
              </td>
              <td>
                <Lasting ms={queue.etaMs} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
