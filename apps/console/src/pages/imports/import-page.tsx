import { useQueryClient } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { api } from '../../api/client.js';
import type { Import } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { PageHead } from '../../ui/page-head.js';
import { isOpenImport } from './import-progress.js';
import { ImportReport } from './import-report.js';
import { useImport } from './use-import.js';

/** One file: what became of its lines. */
export default function ImportPage(): ReactNode {
  const t = useText();
  const { id = '' } = useParams();
  const { data, error, refetch } = useImport(id);
  const title = data?.fileName ?? id;
  return (
    <div className="page">
      <PageHead title={title} lead={data && `${data.template} v${data.templateVersion} · ${data.actor}`}>
        {data && <Acts of={data} />}
      </PageHead>
      {error !== null && !data && <FaultArea error={error} retry={() => void refetch()} />}
      {!data && error === null && <Skeleton active={false} />}
      {data?.reason !== undefined && <p className="notice">{t('imports.stopped', { reason: data.reason })}</p>}
      {data && <ImportReport of={data} />}
    </div>
  );
}

type Act = 'pause' | 'resume' | 'cancel';

function Acts({ of }: { readonly of: Import }): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Confirmation>();
  const { id, counts, status } = of;
  const params = { path: { id } };
  const paths = {
    pause: '/v1/imports/{id}/pause',
    resume: '/v1/imports/{id}/resume',
    cancel: '/v1/imports/{id}/cancel',
  } as const;
  const perform = async (act: Act): Promise<void> => {
    await api.POST(paths[act], { params });
    for (const key of [['import', id], ['imports']]) await client.invalidateQueries({ queryKey: key });
  };
  const ask = (act: Act): void =>
    setAsked({
      title: t(`imports.${act}Title`),
      body: t(`imports.${act}Body`, {
        open: count(counts.waiting + counts.ready),
        accepted: count(counts.accepted),
      }),
      verb: t(`imports.${act}`),
      isDanger: act === 'cancel',
      act: () => perform(act),
    });
  const acts: readonly Act[] = !isOpenImport(of)
    ? []
    : status === 'paused'
      ? ['resume', 'cancel']
      : of.dryRun
        ? ['cancel']
        : ['pause', 'cancel'];
  return (
    <>
      {acts.map((act) => (
        <GatedButton key={act} scope="imports:write" danger={act === 'cancel'} onClick={() => ask(act)}>
          {t(`imports.${act}`)}
        </GatedButton>
      ))}
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}
