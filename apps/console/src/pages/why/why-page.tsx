import { useQuery } from '@tanstack/react-query';
import { Input, Skeleton } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import type { Hit } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { PageHead } from '../../ui/page-head.js';
import { ToneTag } from '../../ui/status-tag.js';
import { ExplanationView } from './explanation-view.js';
import { placeOfHit } from './hit-place.js';

const SHOWN = 20;

/** One box: whatever somebody has at hand leads to what it is about, and a person to what became of a message. */
export default function WhyPage(): ReactNode {
  const t = useText();
  const address = useAddress();
  const [ref, q] = [address.get('ref'), address.get('q')];
  return (
    <div className="page">
      <PageHead title={t('nav.why')} lead={t('why.lead')} />
      <Input.Search
        key={`${ref} ${q}`}
        size="large"
        autoFocus={ref === ''}
        allowClear
        enterButton={t('why.find')}
        placeholder={t('why.placeholder')}
        aria-label={t('why.placeholder')}
        defaultValue={ref || q}
        onSearch={(text) => address.set({ q: text.trim(), ref: undefined, message: undefined })}
        className="filters"
      />
      {ref !== '' && <ExplanationView person={ref} message={address.get('message')} />}
      {ref === '' && q !== '' && <Hits q={q} />}
      {ref === '' && q === '' && <div className="card empty">{t('why.help')}</div>}
    </div>
  );
}

/** What the words may stand for; the only hit opens by itself. */
function Hits({ q }: { readonly q: string }): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['search', q],
    queryFn: async () => (await bodyOf(api.GET('/v1/search', { params: { query: { q, limit: SHOWN } } }))).data,
  });
  const only = data?.length === 1 ? data[0] : undefined;
  useEffect(() => {
    if (only) void navigate(placeOfHit(only), { replace: true });
  }, [only, navigate]);
  if (error !== null) return <FaultArea error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active={false} />;
  if (data.length === 0) return <Nothing q={q} />;
  return (
    <section className="card">
      <h2>{t('why.hits', { count: data.length })}</h2>
      <ul className="hits">
        {data.map((hit) => (
          <HitLine key={`${hit.type} ${hit.id}`} hit={hit} />
        ))}
      </ul>
    </section>
  );
}

function HitLine({ hit }: { readonly hit: Hit }): ReactNode {
  const t = useText();
  const { type, id, label, matchedBy } = hit;
  return (
    <li className="row">
      <ToneTag tone="neutral">{t(`why.type.${type}`)}</ToneTag>
      <Link to={placeOfHit(hit)}>{label}</Link>
      {label !== id && <span className="mono small muted">{id}</span>}
      <span className="small muted">{t(`why.matched.${matchedBy}`)}</span>
    </li>
  );
}

/** Nothing was sent or is known: the chain of a person still says where to look. */
function Nothing({ q }: { readonly q: string }): ReactNode {
  const t = useText();
  const guess = q.includes(':') ? q : `user:${q}`;
  return (
    <div className="card empty">
      {t('why.nothing', { q })}
      <div className="row">
        <Link to={`/why?ref=${encodeURIComponent(guess)}`}>{t('why.asPerson', { ref: guess })}</Link>
      </div>
    </div>
  );
}
