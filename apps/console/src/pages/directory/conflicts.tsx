import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Conflict } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';

const WAYS = ['left', 'right', 'both', 'ignore'] as const;

interface Choice {
  readonly way: (typeof WAYS)[number];
  /** Who is meant, when several could be. */
  readonly user?: string;
}

const choicesOf = ({ users }: Conflict): readonly Choice[] =>
  WAYS.flatMap((way): readonly Choice[] =>
    way === 'right' && users.length > 1 ? users.map((user) => ({ way, user })) : [{ way }],
  );

/** What a sync would not decide: who at a vendor is whom here. */
export function Conflicts(): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Confirmation>();
  const pages = usePages<Conflict>(['conflicts'], (cursor) => {
    const query = { status: 'open' as const, ...(cursor !== undefined && { cursor }) };
    return bodyOf(api.GET('/v1/directory/conflicts', { params: { query } }));
  });
  const resolve = async ({ id }: Conflict, as: Choice['way'], user: string | undefined): Promise<void> => {
    const body = { as, ...(user !== undefined && { user }) };
    await api.POST('/v1/directory/conflicts/{id}/resolve', { params: { path: { id } }, body });
    for (const key of ['conflicts', 'people']) await client.invalidateQueries({ queryKey: [key] });
  };
  const ask = (conflict: Conflict, { way, user }: Choice): void =>
    setAsked({
      title: t(`conflicts.${way}`),
      body: t(`conflicts.${way}Body`, {
        left: user ?? conflict.users.join(', '),
        right: `${conflict.found.name} ${conflict.found.providerUserId}`,
      }),
      verb: t(`conflicts.${way}`),
      act: () => resolve(conflict, way, user),
    });
  const columns: readonly Column<Conflict>[] = [
    { id: 'time', title: t('messages.time'), render: ({ createdAt }) => <Moment at={createdAt} /> },
    { id: 'kind', title: t('conflicts.kind'), render: ({ kind }) => t(`conflicts.kind.${kind}`) },
    {
      id: 'left',
      title: t('conflicts.ours'),
      render: ({ users }) => <span className="mono">{users.join(', ')}</span>,
    },
    { id: 'right', title: t('conflicts.theirs'), render: (row) => <Found of={row} /> },
    {
      id: 'act',
      title: t('list.actions'),
      render: (row) => (
        <div className="row">
          {choicesOf(row).map((choice) => (
            <GatedButton
              key={`${choice.way} ${choice.user ?? ''}`}
              size="small"
              scope="directory:write"
              onClick={() => ask(row, choice)}
            >
              {t(`conflicts.${choice.way}`)} {choice.user}
            </GatedButton>
          ))}
        </div>
      ),
    },
  ];
  return (
    <>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('directory.conflicts')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('conflicts.none')}
      />
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}

function Found({ of }: { readonly of: Conflict }): ReactNode {
  const { name, providerUserId, mobile, email, department } = of.found;
  return (
    <>
      {name} <span className="mono">{providerUserId}</span>
      <div className="small muted">{[of.family, mobile, email, department].filter(Boolean).join(' · ')}</div>
    </>
  );
}
