import { App, Input, InputNumber, Select, Switch } from 'antd';
import type { ClipboardEvent, ReactNode } from 'react';
import type { Field } from '../api/types.js';
import { useText } from '../texts/text-provider.js';
import { useFieldCheck, type FieldPath } from './field-checks.js';
import { FieldCounter } from './field-counter.js';

interface ControlProps {
  readonly field: Field;
  readonly at: FieldPath;
  readonly keepsSecrets: boolean;
  readonly id?: string;
  readonly value?: unknown;
  readonly onChange?: (value: unknown) => void;
}

/** The control that the catalogue names, with the room that is left and what the server says. */
export function FieldControl({ field, at, keepsSecrets, ...bound }: ControlProps): ReactNode {
  const check = useFieldCheck(at);
  const text = typeof bound.value === 'string' ? bound.value : '';
  return (
    <>
      <Bare field={field} keepsSecrets={keepsSecrets} {...bound} />
      <FieldCounter field={field} text={text} check={check} />
      {check.faults.map(({ code, message }) => (
        <div key={`${code} ${message}`} className="danger-text small" role="alert">
          ✖ {message}
        </div>
      ))}
    </>
  );
}

function Bare({ field, keepsSecrets, ...bound }: Omit<ControlProps, 'at'>): ReactNode {
  const given = bound as Record<string, never>;
  switch (field.kind) {
    case 'switch':
      return <Switch {...given} />;
    case 'number':
      return <InputNumber style={{ width: 240 }} {...limitsOf(field)} {...given} />;
    case 'select':
      return <Choice field={field} {...bound} />;
    case 'multiselect':
      return <Select mode="tags" open={false} suffixIcon={null} {...given} />;
    case 'secret':
      return <Secret keepsSecrets={keepsSecrets} {...bound} />;
    case 'textarea':
    case 'markdown':
      return <Input.TextArea rows={4} className="is-growing" {...given} />;
    default:
      return <Input autoComplete="off" {...given} />;
  }
}

type BoundProps = Pick<ControlProps, 'id' | 'value' | 'onChange'>;

/** A value that the catalogue does not know any more stays in sight. */
function Choice({ field, ...bound }: BoundProps & { readonly field: Field }): ReactNode {
  const t = useText();
  const values: readonly unknown[] = field.values ?? [];
  const isUnknown = bound.value !== undefined && bound.value !== null && !values.includes(bound.value);
  const options = [
    ...values.map((value) => ({ value: value as string, label: String(value) })),
    ...(isUnknown
      ? [{ value: bound.value as string, label: t('form.unknownValue', { value: String(bound.value) }) }]
      : []),
  ];
  return <Select allowClear options={options} {...(bound as Record<string, never>)} />;
}

/** Whoever pastes the whole address of a robot means the key in it. */
function keyIn(text: string): string | undefined {
  if (!/^https?:\/\/\S+\?\S+$/.test(text) || !URL.canParse(text)) return undefined;
  const values = [...new URL(text).searchParams.values()];
  return values.sort((left, right) => right.length - left.length)[0];
}

function Secret({ keepsSecrets, onChange, ...bound }: BoundProps & { readonly keepsSecrets: boolean }): ReactNode {
  const t = useText();
  const { message: notice } = App.useApp();
  const paste = (event: ClipboardEvent): void => {
    const key = keyIn(event.clipboardData.getData('text').trim());
    if (key === undefined) return;
    event.preventDefault();
    onChange?.(key);
    void notice.info(t('form.keyTaken'));
  };
  return (
    <Input.Password
      autoComplete="new-password"
      placeholder={keepsSecrets ? t('form.unchanged') : ''}
      onPaste={paste}
      onChange={(event) => onChange?.(event.target.value)}
      {...(bound as Record<string, never>)}
    />
  );
}

function limitsOf({ min, max }: Field): { readonly min?: number; readonly max?: number } {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}
