import type { Channel, Fault, Field, NewTemplate, RoutePreview } from '../../api/types.js';
import { isValues, textOf } from '../../ui/preview/look.js';
import { lostIn } from '../../ui/preview/markup.js';
import { placeholdersOf, type Sample } from './draft.js';

/** `fault` keeps a version from being published, `warning` and `note` do not. */
export type Level = 'fault' | 'warning' | 'note';

export interface Problem {
  readonly level: Level;
  /** A key of the texts below `lint.`, or `server` with its own words. */
  readonly kind:
    'server' | 'tooLong' | 'empty' | 'cut' | 'markup' | 'undeclared' | 'unused' | 'noExample' | 'personal' | 'noRecall';
  readonly values: Readonly<Record<string, string>>;
  /** Into the draft. */
  readonly pointer?: string;
  readonly sample?: Sample;
  readonly variable?: string;
}

type Texts = readonly { readonly pointer: string; readonly text: string; readonly field: Field }[];

/** The texts of a content with what is known of their fields. */
function textsOf(fields: readonly Field[], value: unknown, pointer: string): Texts {
  if (!isValues(value)) return [];
  const variants = fields.find((field) => field.variants !== undefined);
  const variant = variants?.variants?.find((candidate) => candidate.value === value[variants.name]);
  return (variant?.fields ?? fields).flatMap((field) => {
    const member = value[field.name];
    const at = `${pointer}/${field.name}`;
    if (Array.isArray(member))
      return member.flatMap((item, index) => textsOf(field.fields ?? [], item, `${at}/${index}`));
    if (isValues(member)) return textsOf(field.fields ?? [], member, at);
    return typeof member === 'string' ? [{ pointer: at, text: textOf(member), field }] : [];
  });
}

/** Mobiles and identity cards of China: they belong to a person, not to a template. */
const PERSONAL = /(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)/;

function markupProblems(texts: Texts): readonly Problem[] {
  return texts.flatMap(({ field, pointer, text }) => {
    const markup = lostIn(text, new Set(field.markup));
    return markup.map((name) => ({
      level: 'warning' as const,
      kind: 'markup' as const,
      values: { markup: name },
      pointer,
    }));
  });
}

function variableProblems(draft: NewTemplate): readonly Problem[] {
  const used = placeholdersOf(draft.routes);
  const declared = new Map((draft.variables ?? []).map((variable) => [variable.name, variable]));
  const missing = used.flatMap((name): readonly Problem[] => {
    const variable = declared.get(name);
    const values = { name };
    if (!variable) return [{ level: 'warning', kind: 'undeclared', values, variable: name }];
    if (variable.example === undefined) return [{ level: 'note', kind: 'noExample', values, variable: name }];
    return [];
  });
  const unused = [...declared.keys()].filter((name) => name && !used.includes(name));
  return [
    ...missing,
    ...unused.map((name) => ({ level: 'warning', kind: 'unused', values: { name }, variable: name }) as const),
  ];
}

/** What can be seen in a draft without sending it. */
export function lintDraft(draft: NewTemplate, channels: readonly Channel[]): readonly Problem[] {
  const perRoute = (draft.routes ?? []).flatMap((route, index): readonly Problem[] => {
    const channel = channels.find(({ name }) => name === route.channel);
    const kind = channel?.contentKinds.find((candidate) => candidate.kind === route.content?.kind);
    const texts = textsOf(kind?.fields ?? [], route.content, `/routes/${index}/content`);
    const personal = texts.filter(({ text }) => PERSONAL.test(text));
    const values = { route: String(index + 1) };
    return [
      ...markupProblems(texts),
      ...personal.map(({ pointer }) => ({ level: 'warning', kind: 'personal', values, pointer }) as const),
      ...(channel?.recall.supported === false ? [{ level: 'note', kind: 'noRecall', values } as const] : []),
    ];
  });
  return [...variableProblems(draft), ...perRoute];
}

/** In our own words where the server gives figures, else in its. */
export function problemOfFault({ actual, code, limit, message, pointer, unit }: Fault, sample: Sample): Problem {
  const at = { level: 'fault' as const, pointer: (pointer ?? '').replace(/^\/template/, ''), sample };
  if (code === 'content_too_long' && limit !== undefined && actual !== undefined) {
    return {
      ...at,
      kind: 'tooLong',
      values: { limit: String(limit), actual: String(actual), unit: unit ?? 'characters' },
    };
  }
  if (code === 'content_empty') return { ...at, kind: 'empty', values: {} };
  return { ...at, kind: 'server', values: { message } };
}

/** What the server says about the values of a sample. */
export function problemsOfPreview(routes: readonly RoutePreview[], sample: Sample): readonly Problem[] {
  return routes.flatMap((route) => [
    ...route.faults.map((fault) => problemOfFault(fault, sample)),
    ...route.notes.map((note) => ({
      level: 'warning' as const,
      kind: 'cut' as const,
      values: { limit: String(note.limit), actual: String(note.actual) },
      pointer: `/routes/${route.no - 1}/content${note.pointer.replace(/^.*\/content/, '')}`,
      sample,
    })),
  ]);
}
