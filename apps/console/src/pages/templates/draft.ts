import type { NewTemplate, Template } from '../../api/types.js';
import { cleanValues } from '../../ui/clean-values.js';

/** Facts of the server that are no part of what is saved. */
const SERVER_FIELDS = new Set(['version', 'latestVersion', 'publishedVersion', 'createdAt', 'updatedAt', 'enabled']);

export type Route = NewTemplate['routes'][number];

/** Switches of the form that stand for `null`. */
export interface Rules {
  readonly hasDedupe: boolean;
  readonly hasFrequency: boolean;
  readonly hasQuietHours: boolean;
  readonly hasFallback: boolean;
}

/** One account or several: the same to whoever edits. */
export type EditedRoute = Omit<Route, 'account' | 'accounts'> & { readonly pool?: readonly string[] };

export type Draft = Partial<Omit<NewTemplate, 'routes'>> & {
  readonly routes?: readonly EditedRoute[];
  readonly rules?: Rules;
};

/** A saved version as it is edited, with the tag that a save has to name. */
export interface Loaded {
  readonly template: Template;
  readonly tag: string | undefined;
}

const USUAL_DEDUPE = { windowSeconds: 300, limit: 1 };

export const FRESH: Draft = {
  strategy: 'first',
  variables: [],
  routes: [{ channel: '' }],
  ttlSeconds: 86_400,
  dedupe: { content: USUAL_DEDUPE },
  rules: { hasDedupe: true, hasFrequency: false, hasQuietHours: false, hasFallback: false },
};

/** What of a saved version is edited; absent rules are what the API takes for them. */
export function editable(template: Template): Draft {
  const entries = Object.entries(template).filter(([name]) => !SERVER_FIELDS.has(name));
  const content = template.dedupe?.content;
  return {
    ...(Object.fromEntries(entries) as Draft),
    routes: template.routes.map(routeToEdit),
    dedupe: { content: content === undefined ? USUAL_DEDUPE : content, frequency: template.dedupe?.frequency ?? null },
    rules: {
      hasDedupe: content !== null,
      hasFrequency: Boolean(template.dedupe?.frequency),
      hasQuietHours: Boolean(template.quietHours),
      hasFallback: Boolean(template.fallback),
    },
  };
}

/** One account is written as one, several as a pool. */
function routeToSave({ pool = [], ...rest }: EditedRoute): Route {
  const [first, ...others] = pool;
  return { ...rest, ...(others.length > 0 ? { accounts: [...pool] } : first !== undefined && { account: first }) };
}

const routeToEdit = ({ account, accounts, ...rest }: Route): EditedRoute => ({
  ...rest,
  pool: accounts ?? (account === undefined ? [] : [account]),
});

type SavedRules = Pick<NewTemplate, 'dedupe' | 'fallback' | 'quietHours'>;

const dedupeToSave = (
  { hasDedupe, hasFrequency }: Rules,
  dedupe: NewTemplate['dedupe'],
): NonNullable<NewTemplate['dedupe']> => ({
  content: hasDedupe ? (dedupe?.content ?? USUAL_DEDUPE) : null,
  frequency: hasFrequency ? (dedupe?.frequency ?? null) : null,
});

/** What is switched off is said to be off; what is on and not filled in yet is off as well. */
function rulesToSave(rules: Rules, { dedupe, fallback, quietHours }: SavedRules): SavedRules {
  const hasTimes = Boolean(quietHours?.from && quietHours.to);
  // An empty list is cleaned away.
  const reasons = (fallback as { readonly on?: readonly string[] } | null | undefined)?.on ?? [];
  return {
    dedupe: dedupeToSave(rules, dedupe),
    quietHours: rules.hasQuietHours && hasTimes ? (quietHours ?? null) : null,
    fallback: rules.hasFallback && reasons.length > 0 ? (fallback ?? null) : null,
  };
}

/** The body of a save. */
export function toSave(values: Draft): NewTemplate {
  const { rules, ...fields } = values;
  const kept = cleanValues(fields) as Draft & Pick<NewTemplate, 'code' | 'name'>;
  return {
    ...kept,
    variables: kept.variables ?? [],
    routes: (kept.routes ?? []).map(routeToSave),
    ...(rules && rulesToSave(rules, kept)),
  };
}

const PLACEHOLDER = /\{\{([A-Za-z0-9_.]{1,64})\}\}/g;

/** Names of the placeholders that stand in a content. */
export function placeholdersOf(value: unknown): readonly string[] {
  const found = JSON.stringify(value ?? null).matchAll(PLACEHOLDER);
  return [...new Set([...found].map((match) => match[1] ?? ''))];
}

/** Values that stand in for variables, under a name. */
export type Sample = 'typical' | 'longest';
export type Samples = Readonly<Record<Sample, Readonly<Record<string, string>>>>;

/** A variable without value shows its name. */
export function paramsOf(draft: NewTemplate, samples: Samples, sample: Sample): Readonly<Record<string, string>> {
  const examples = new Map((draft.variables ?? []).map(({ name, example }) => [name, example]));
  const typical = (name: string): string => samples.typical[name] || String(examples.get(name) ?? '') || `〔${name}〕`;
  return Object.fromEntries(
    placeholdersOf(draft.routes).map((name) => [
      name,
      (sample === 'longest' && samples.longest[name]) || typical(name),
    ]),
  );
}
