import type { ReactNode } from 'react';
import type { Field } from '../api/types.js';
import { useText } from '../texts/text-provider.js';
import type { FieldCheck } from './field-checks.js';
import { count } from './format.js';
import { sizeOf } from './text-size.js';

const NEAR = 0.8;

interface FieldCounterProps {
  readonly field: Field;
  readonly text: string;
  readonly check: FieldCheck;
}

/**
 * How much of the room is used: what stands there counts at once; the server's figure, of the text with its values,
 * takes its place.
 */
export function FieldCounter({ field, text, check }: FieldCounterProps): ReactNode {
  const t = useText();
  const limit = field.limit ?? field.soft;
  if (!limit) return null;
  const { counter } = check;
  const told = counter && (limit.unit === 'bytes' ? counter.bytes : counter.characters);
  const used = text.includes('{{') ? (told ?? sizeOf(text, limit.unit)) : sizeOf(text, limit.unit);
  const share = used / limit.size;
  const state = share > 1 ? (field.limit ? 'is-over' : 'is-near') : share >= NEAR ? 'is-near' : '';
  return (
    <div className={`field-counter num ${state}`} role="status">
      {count(used)} / {count(limit.size)} {t(`unit.${limit.unit}`)}
      {share > 1 && ` · ${t(`field.excess.${limit.onExcess}`, { over: count(used - limit.size) })}`}
    </div>
  );
}
