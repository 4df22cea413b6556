import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useChannels, useLabel } from '../../api/catalogue.js';
import type { Field } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText, type TextKey } from '../../texts/text-provider.js';
import type { Level, Problem } from './lint.js';

const SIGNS: Readonly<Record<Level, string>> = { fault: '✖', warning: '⚠', note: 'ℹ' };
const CLASSES: Readonly<Record<Level, string>> = { fault: 'danger-text', warning: 'partial-text', note: 'second' };
const ORDER: readonly Level[] = ['fault', 'warning', 'note'];

/** What is wrong, the worst first; a click goes to the field. */
export function TemplateProblems({ problems }: { readonly problems: readonly Problem[] }): ReactNode {
  const t = useText();
  const sentence = useProblemSentence();
  const locate = useLocate();
  const sorted = [...problems].sort((left, right) => ORDER.indexOf(left.level) - ORDER.indexOf(right.level));
  return (
    <section aria-label={t('problems.title')} className="stack-tight">
      <h3 className="small strong">
        {t('problems.title')} <span className="num">{problems.filter(({ level }) => level !== 'note').length}</span>
      </h3>
      {sorted.length === 0 && <p className="small ok-text">{t('problems.none')}</p>}
      <ul className="problems" aria-live="polite">
        {sorted.map((problem) => {
          const { kind, level, pointer, sample, values } = problem;
          return (
            <li key={`${kind} ${pointer ?? ''} ${JSON.stringify(values)}`} className={`small ${CLASSES[level]}`}>
              <span aria-hidden>{SIGNS[level]}</span> <span className="hidden">{t(`problems.${level}`)}</span>
              {sentence(problem)}
              {sample === 'longest' && <span className="second"> · {t('preview.sample.longest')}</span>}
              {pointer !== undefined && (
                <Button type="link" size="small" onClick={() => locate(pointer)}>
                  {t('problems.locate')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** In the language of the user; the server speaks for itself. */
function useProblemSentence(): (problem: Problem) => string {
  const t = useText();
  const fieldLabel = useFieldLabel();
  return ({ kind, pointer, values }) => {
    const field = pointer === undefined ? '' : fieldLabel(pointer);
    if (kind === 'server') return field === '' ? (values['message'] ?? '') : `${field}: ${values['message'] ?? ''}`;
    const unit = values['unit'];
    if (unit !== undefined) return t('lint.tooLong', { ...values, field, unit: t(`unit.${unit}` as TextKey) });
    const markup = values['markup'];
    const named = markup === undefined ? values : { ...values, markup: t(`markup.${markup}` as TextKey) };
    return t(`lint.${kind}`, { ...named, field });
  };
}

/** `Route 2 · Title` for a pointer into the draft. */
function useFieldLabel(): (pointer: string) => string {
  const t = useText();
  const label = useLabel();
  const { data: channels = [] } = useChannels();
  const all = channels.flatMap(({ contentKinds }) => contentKinds.flatMap(({ fields }) => fields));
  const labels = new Map<string, string>();
  const learn = (fields: readonly Field[]): void => {
    for (const field of fields) {
      if (!labels.has(field.name)) labels.set(field.name, label(field.label));
      learn(field.fields ?? []);
      for (const variant of field.variants ?? []) learn(variant.fields);
    }
  };
  learn(all);
  return (pointer) => {
    const parts = pointer.split('/').slice(1);
    const name = parts.filter((part) => !/^\d+$/.test(part)).at(-1) ?? '';
    const route = parts[0] === 'routes' ? t('templates.route', { number: Number(parts[1]) + 1 }) : '';
    return [route, labels.get(name) ?? name].filter(Boolean).join(' · ');
  };
}

/** Shows the route of the field, then goes to it: antd names the control of a field after its path. */
function useLocate(): (pointer: string) => void {
  const address = useAddress();
  return (pointer) => {
    const [part, index = '0', ...rest] = pointer.split('/').slice(1);
    if (part === 'routes') address.set({ route: index === '0' ? undefined : String(Number(index) + 1) });
    setTimeout(() => {
      const element = document.getElementById([part, index, ...rest].join('_'));
      element?.scrollIntoView({ block: 'center' });
      element?.focus();
    });
  };
}
