import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useAddress } from '../../app/address.js';
import { useWorkCount } from '../../app/work-count.js';
import { useText } from '../../texts/text-provider.js';
import { PageHead } from '../../ui/page-head.js';
import { DeadLetters } from './dead-letters.js';
import { ReplayJobs } from './replay-jobs.js';
import { UnknownOutcomes } from './unknown-outcomes.js';

/** What needs a person: failed for good, or nobody knows. */
export default function DeadLettersPage(): ReactNode {
  const t = useText();
  const address = useAddress();
  const unknown = useWorkCount() ?? '…';
  return (
    <div className="page">
      <PageHead title={t('nav.deadLetters')} lead={t('dead.lead')} />
      <Tabs
        activeKey={address.get('tab') || 'dead'}
        onChange={(tab) => address.set({ tab: tab === 'dead' ? undefined : tab })}
        destroyOnHidden
        items={[
          { key: 'dead', label: t('dead.tab'), children: <DeadLetters /> },
          { key: 'unknown', label: t('dead.tabUnknown', { count: unknown }), children: <UnknownOutcomes /> },
          { key: 'replays', label: t('dead.tabReplays'), children: <ReplayJobs /> },
        ]}
      />
    </div>
  );
}
