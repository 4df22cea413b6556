import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { SafeText } from '../../ui/preview/rich-text.js';
import { changedPart, differences, type Difference } from './template-diff.js';

interface VersionDiffProps {
  readonly code: string;
  readonly before: number;
  readonly after: number;
}

const versionQuery = (code: string, version: number) => ({
  queryKey: ['template-version', code, version],
  queryFn: () =>
    bodyOf(
      api.GET('/v1/templates/{code}/versions/{version}', { params: { path: { code, version: String(version) } } }),
    ),
});

/** Two versions side by side, the fields that differ only. */
export function VersionDiff({ code, before, after }: VersionDiffProps): ReactNode {
  const t = useText();
  const old = useQuery(versionQuery(code, before));
  const now = useQuery(versionQuery(code, after));
  const error = old.error ?? now.error;
  if (error !== null) return <FaultArea error={error} />;
  if (!old.data || !now.data) return <Skeleton active={false} />;
  const found = differences(old.data, now.data);
  if (found.length === 0) return <p className="second">{t('diff.none')}</p>;
  return (
    <table className="diff">
      <caption className="small second">{t('diff.caption', { before, after, count: found.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('diff.field')}</th>
          <th scope="col">v{before}</th>
          <th scope="col">v{after}</th>
        </tr>
      </thead>
      <tbody>
        {found.map((difference) => (
          <DiffRow key={difference.path} difference={difference} />
        ))}
      </tbody>
    </table>
  );
}

function DiffRow({ difference }: { readonly difference: Difference }): ReactNode {
  const { after, before, path } = difference;
  return (
    <tr>
      <th scope="row" className="mono small">
        {path}
      </th>
      <td dir="auto">{before !== undefined && <Marked text={before} other={after ?? ''} tone="is-old" />}</td>
      <td dir="auto">{after !== undefined && <Marked text={after} other={before ?? ''} tone="is-new" />}</td>
    </tr>
  );
}

function Marked({
  text,
  other,
  tone,
}: {
  readonly text: string;
  readonly other: string;
  readonly tone: string;
}): ReactNode {
  const [start, changed, end] = changedPart(text, other);
  const Mark = tone === 'is-old' ? 'del' : 'ins';
  return (
    <>
      <SafeText text={start} />
      {changed !== '' && (
        <Mark className={tone}>
          <SafeText text={changed} />
        </Mark>
      )}
      <SafeText text={end} />
    </>
  );
}
