import { ArrowDownOutlined, ArrowUpOutlined, MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import type { ReactNode } from 'react';
import { useLabel } from '../api/catalogue.js';
import type { Field } from '../api/types.js';
import { useText } from '../texts/text-provider.js';
import { useFieldCheck, type FieldPath } from './field-checks.js';

interface FieldListProps {
  readonly field: Field;
  readonly path: FieldPath;
  readonly at: FieldPath;
  readonly children: (index: number) => ReactNode;
}

/** Things of one sort, in an order that can be changed. */
export function FieldList({ field, path, at, children }: FieldListProps): ReactNode {
  const t = useText();
  const label = useLabel();
  const { faults } = useFieldCheck(at);
  const { maxItems } = field;
  return (
    <Form.List name={[...path]}>
      {(items, { add, move, remove }) => (
        <fieldset className="nested">
          <legend>
            {label(field.label)}
            {maxItems !== undefined && (
              <span className="muted num">
                {' '}
                {items.length} / {maxItems}
              </span>
            )}
          </legend>
          {items.map(({ key, name }) => (
            <div key={key} className="nested-item">
              <div className="nested-tools">
                <span className="muted num">{name + 1}</span>
                <Tool
                  icon={<ArrowUpOutlined />}
                  name={t('form.moveUp', { number: name + 1 })}
                  isOff={name === 0}
                  act={() => move(name, name - 1)}
                />
                <Tool
                  icon={<ArrowDownOutlined />}
                  name={t('form.moveDown', { number: name + 1 })}
                  isOff={name === items.length - 1}
                  act={() => move(name, name + 1)}
                />
                <Tool
                  icon={<MinusCircleOutlined />}
                  name={t('form.removeItem', { number: name + 1 })}
                  act={() => remove(name)}
                />
              </div>
              <div className="grow">{children(name)}</div>
            </div>
          ))}
          {faults.map(({ message }) => (
            <div key={message} className="danger-text small" role="alert">
              ✖ {message}
            </div>
          ))}
          <Button
            size="small"
            icon={<PlusOutlined />}
            disabled={maxItems !== undefined && items.length >= maxItems}
            onClick={() => add({})}
          >
            {t('form.addItem')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

interface ToolProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly isOff?: boolean;
  readonly act: () => void;
}

const Tool = ({ icon, name, isOff = false, act }: ToolProps): ReactNode => (
  <Button size="small" type="text" icon={icon} aria-label={name} disabled={isOff} onClick={act} />
);
