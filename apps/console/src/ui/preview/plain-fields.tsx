import type { ReactNode } from 'react';
import { useLabel } from '../../api/catalogue.js';
import type { Field } from '../../api/types.js';
import { isValues, textOf, type Values } from './look.js';
import { SafeText } from './rich-text.js';

interface PlainFieldsProps {
  readonly fields: readonly Field[];
  readonly values: Values;
}

/** A content that nothing is known of, by name: nothing of it is left out. */
export function PlainFields({ fields, values }: PlainFieldsProps): ReactNode {
  const label = useLabel();
  return (
    <div className="look-card">
      <div className="look-inside look-rows">
        {Object.entries(values)
          .filter(([name]) => name !== 'kind')
          .map(([name, value]) => {
            const field = fields.find((candidate) => candidate.name === name);
            const text = isValues(value) || Array.isArray(value) ? JSON.stringify(value) : textOf(value);
            return (
              <div key={name} className="look-row">
                <span className="look-key">{field ? label(field.label) : name}</span>
                <span dir="auto">
                  <SafeText text={text} />
                </span>
              </div>
            );
          })}
      </div>
    </div>
  );
}
