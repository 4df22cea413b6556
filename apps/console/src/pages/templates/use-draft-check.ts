import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useChannels } from '../../api/catalogue.js';
import { ApiError, api, bodyOf } from '../../api/client.js';
import type { Fault, NewTemplate, RoutePreview } from '../../api/types.js';
import type { FieldCheck, FieldChecks } from '../../ui/field-checks.js';
import { paramsOf, type Sample, type Samples } from './draft.js';
import { lintDraft, problemOfFault, problemsOfPreview, type Problem } from './lint.js';

const TYPING_MS = 250;

export interface DraftCheck {
  readonly routes: Readonly<Record<Sample, readonly RoutePreview[]>>;
  readonly problems: readonly Problem[];
  readonly fields: FieldChecks;
  /** Something other than the draft went wrong. */
  readonly error: unknown;
  /** The answers are about what stands there. */
  readonly isSettled: boolean;
}

function useLater<Value>(value: Value, ms: number): Value {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}

const isDrawable = (route: NewTemplate['routes'][number] | undefined): boolean =>
  Boolean(route?.channel && route.content?.kind);

interface Preview {
  readonly routes: readonly RoutePreview[];
  /** Of a draft that could not even be saved. */
  readonly faults: readonly Fault[];
}

async function askPreview(template: NewTemplate, params: Readonly<Record<string, string>>): Promise<Preview> {
  try {
    const { routes } = await bodyOf(api.POST('/v1/templates/preview', { body: { template, params } as never }));
    return { routes, faults: [] };
  } catch (error) {
    if (error instanceof ApiError && error.status === 422) return { routes: [], faults: error.problem.errors ?? [] };
    throw error;
  }
}

/** Asks the server about the draft as it is being written, with the usual values and with the longest. */
export function useDraftCheck(draft: NewTemplate, samples: Samples): DraftCheck {
  const { data: channels = [] } = useChannels();
  const asked = useMemo(() => {
    const template = { ...draft, code: draft.code || 'draft', name: draft.name || 'draft' };
    const isReady = template.routes.length > 0 && template.routes.every(isDrawable);
    const params = { typical: paramsOf(draft, samples, 'typical'), longest: paramsOf(draft, samples, 'longest') };
    return { template, isReady, params };
  }, [draft, samples]);
  const later = useLater(asked, TYPING_MS);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['draft-check', later],
    enabled: later.isReady,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
    queryFn: async () => ({
      typical: await askPreview(later.template, later.params.typical),
      longest: await askPreview(later.template, later.params.longest),
    }),
  });
  const problems = useMemo(
    () => [...(data ? serverProblems(data) : []), ...lintDraft(draft, channels)],
    [data, draft, channels],
  );
  const fields = useMemo(() => fieldChecks(data?.typical.routes ?? [], problems), [data, problems]);
  return {
    routes: { typical: data?.typical.routes ?? [], longest: data?.longest.routes ?? [] },
    problems,
    fields,
    error,
    isSettled: later === asked && !isPlaceholderData,
  };
}

/** What is wrong with the usual values is wrong with the longest too, and told once. */
function serverProblems({ typical, longest }: Readonly<Record<Sample, Preview>>): readonly Problem[] {
  const own = (preview: Preview, sample: Sample): readonly Problem[] => [
    ...preview.faults.map((fault) => problemOfFault(fault, sample)),
    ...problemsOfPreview(preview.routes, sample),
  ];
  const usual = own(typical, 'typical');
  const isTold = new Set(usual.map(({ kind, pointer }) => `${kind} ${pointer ?? ''}`));
  return [...usual, ...own(longest, 'longest').filter(({ kind, pointer }) => !isTold.has(`${kind} ${pointer ?? ''}`))];
}

function fieldChecks(routes: readonly RoutePreview[], problems: readonly Problem[]): FieldChecks {
  const checks = new Map<string, FieldCheck>();
  for (const route of routes) {
    for (const counter of route.counters) {
      checks.set(`/routes/${route.no - 1}/content${counter.pointer}`, { counter, faults: [] });
    }
  }
  for (const { level, pointer, values } of problems) {
    if (level !== 'fault' || pointer === undefined) continue;
    const check = checks.get(pointer);
    // The counter says how much is too much.
    const message = values['message'];
    const faults = message === undefined ? [] : [{ code: 'server', message }];
    checks.set(pointer, { ...check, faults: [...(check?.faults ?? []), ...faults] });
  }
  return checks;
}
