import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Input, Progress } from 'antd';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import type { NewTemplate, RoutePreview } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ContentPreview } from '../../ui/content-preview.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';

const TYPING_MS = 300;
const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_.]{1,64})\s*\}\}/g;

/** Names of the placeholders that stand in the content. */
export function placeholdersOf(value: unknown): readonly string[] {
  const found = JSON.stringify(value ?? null).matchAll(PLACEHOLDER);
  return [...new Set([...found].map((match) => match[1] ?? ''))];
}

function useLater<Value>(value: Value, ms: number): Value {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}

/** The draft as people will see it, with its sizes and faults, while it is being written. */
export function TemplatePreview({ draft }: { readonly draft: NewTemplate }): ReactNode {
  const t = useText();
  const [params, setParams] = useState<Readonly<Record<string, string>>>({});
  const names = placeholdersOf(draft.routes);
  const body = useMemo(() => {
    const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== ''));
    const examples = new Map((draft.variables ?? []).map(({ name, example }) => [name, example]));
    // A placeholder without value or example shows its name.
    const shown = names.filter((name) => given[name] === undefined && examples.get(name) === undefined);
    const routes = (draft.routes ?? []).filter(
      (route) => route?.channel && (route.content as { kind?: string } | undefined)?.kind,
    );
    const template = { ...draft, code: draft.code || 'preview', name: draft.name || 'preview', routes };
    return { template, params: { ...Object.fromEntries(shown.map((name) => [name, `〔${name}〕`])), ...given } };
  }, [draft, params, names.join(' ')]);
  const later = useLater(body, TYPING_MS);
  const { data, error } = useQuery({
    queryKey: ['draft-preview', later],
    enabled: later.template.routes.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: () => bodyOf(api.POST('/v1/templates/preview', { body: later as never })),
  });
  return (
    <aside className="card sticky stack" aria-label={t('preview.title')}>
      <h2>{t('preview.title')}</h2>
      {names.length > 0 && (
        <div className="columns">
          {names.map((name) => (
            <label key={name} className="small">
              <span className="mono">{name}</span>
              <Input
                size="small"
                value={params[name] ?? ''}
                placeholder={String(draft.variables?.find((variable) => variable.name === name)?.example ?? '')}
                onChange={({ target }) => setParams({ ...params, [name]: target.value })}
              />
            </label>
          ))}
        </div>
      )}
      {later.template.routes.length === 0 && <p className="muted">{t('preview.empty')}</p>}
      {error !== null && <FaultArea error={error} />}
      {error === null && data?.routes.map((route) => <RouteShown key={route.no} route={route} />)}
    </aside>
  );
}

function RouteShown({ route }: { readonly route: RoutePreview }): ReactNode {
  const t = useText();
  return (
    <section className="stack">
      <ContentPreview channel={route.channel} content={route.content} />
      {route.counters
        .filter(({ limit, advised }) => limit !== undefined || advised !== undefined)
        .map((counter) => (
          <Counter key={counter.pointer} counter={counter} />
        ))}
      {route.faults.map((fault) => (
        <p key={`${fault.pointer} ${fault.code}`} className="danger-text small" role="alert">
          ✖ <span className="mono">{fault.pointer}</span> {fault.message}
        </p>
      ))}
      {route.notes.map((note) => (
        <p key={note.pointer} className="small second">
          {t('preview.cut', { limit: note.limit, actual: note.actual })}
        </p>
      ))}
    </section>
  );
}

function Counter({ counter }: { readonly counter: RoutePreview['counters'][number] }): ReactNode {
  const t = useText();
  const limit = counter.limit ?? counter.advised;
  if (!limit) return null;
  const used = limit.unit === 'bytes' ? counter.bytes : counter.characters;
  const name = counter.pointer.split('/').at(-1) ?? counter.pointer;
  return (
    <div className="row small">
      <span className="mono">{name}</span>
      <Progress
        percent={Math.min(100, (used / limit.size) * 100)}
        size="small"
        showInfo={false}
        aria-label={name}
        status={used > limit.size && counter.limit ? 'exception' : 'normal'}
        className="grow"
      />
      <span className={`num ${used > limit.size ? 'danger-text' : 'second'}`}>
        {count(used)} / {count(limit.size)} {t(`unit.${limit.unit}`)}
      </span>
    </div>
  );
}
