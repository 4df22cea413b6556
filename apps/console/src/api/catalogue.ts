import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { usePreferences } from '../session/preferences.js';
import { useSession } from '../session/session.js';
import { api, bodyOf } from './client.js';
import type { Account, Channel, Label, Reason, Scope, TemplateSummary } from './types.js';

const STABLE_MS = 5 * 60_000;
const MOST = 200;

export function useChannels(): UseQueryResult<readonly Channel[]> {
  return useQuery({
    queryKey: ['channels'],
    staleTime: STABLE_MS,
    queryFn: async () => (await bodyOf(api.GET('/v1/channels'))).data,
  });
}

export function useReasons(): ReadonlyMap<string, Reason> {
  const { data } = useQuery({
    queryKey: ['reasons'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => new Map((await bodyOf(api.GET('/v1/reasons'))).data.map((reason) => [reason.code, reason])),
  });
  return data ?? new Map<string, Reason>();
}

/** In the language of the user. */
export function useLabel(): (label: Label) => string {
  const { language } = usePreferences();
  return (label) => label[language];
}

/** The label of a reason; its code while the catalogue is on its way. */
export function useReasonLabel(): (code: string) => string {
  const reasons = useReasons();
  const label = useLabel();
  return (code) => {
    const reason = reasons.get(code);
    return reason ? label(reason.label) : code;
  };
}

export function useChannelLabel(): (name: string) => string {
  const { data } = useChannels();
  const label = useLabel();
  return (name) => {
    const channel = data?.find((candidate) => candidate.name === name);
    return channel ? label(channel.label) : name;
  };
}

/** Lists that only help to choose and to name are not asked for in vain. */
function useHasScope(scope: Scope): boolean {
  const session = useSession();
  return session.state === 'open' && session.me.scopes.includes(scope);
}

export function useAccounts(): UseQueryResult<readonly Account[]> {
  return useQuery({
    queryKey: ['accounts'],
    enabled: useHasScope('accounts:read'),
    queryFn: async () => (await bodyOf(api.GET('/v1/accounts', { params: { query: { limit: MOST } } }))).data,
  });
}

export function useTemplates(): UseQueryResult<readonly TemplateSummary[]> {
  return useQuery({
    queryKey: ['templates', 'all'],
    enabled: useHasScope('templates:read'),
    queryFn: async () => (await bodyOf(api.GET('/v1/templates', { params: { query: { limit: MOST } } }))).data,
  });
}
