import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { PageHead } from '../../ui/page-head.js';
import { Conflicts } from './conflicts.js';
import { People } from './people.js';
import { PeopleImportButton } from './people-import.js';
import { Syncs } from './syncs.js';

/** Who is who at every vendor. */
export default function DirectoryPage(): ReactNode {
  const t = useText();
  const address = useAddress();
  return (
    <div className="page">
      <PageHead title={t('nav.directory')} lead={t('directory.lead')}>
        <PeopleImportButton />
      </PageHead>
      <Tabs
        activeKey={address.get('tab') || 'people'}
        onChange={(tab) => address.set({ tab: tab === 'people' ? undefined : tab })}
        destroyOnHidden
        items={[
          { key: 'people', label: t('directory.people'), children: <People /> },
          { key: 'syncs', label: t('directory.syncs'), children: <Syncs /> },
          { key: 'conflicts', label: t('directory.conflicts'), children: <Conflicts /> },
        ]}
      />
    </div>
  );
}
