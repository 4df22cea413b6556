import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useLabel } from '../api/catalogue.js';
import type { Field } from '../api/types.js';
import { useText, type Translate } from '../texts/text-provider.js';

/** Where a value lies in the form. */
export type FieldPath = readonly (string | number)[];

interface FieldsFormProps {
  readonly path: FieldPath;
  readonly fields: readonly Field[];
  /** Secrets that exist already may stay away. */
  readonly keepsSecrets?: boolean;
  /** Every value may hold placeholders, so numbers and choices are texts as well. */
  readonly isTemplate?: boolean;
}

/** Form items for fields as the catalogue describes them: nothing here knows a channel. */
export function FieldsForm({ path, fields, keepsSecrets = false, isTemplate = false }: FieldsFormProps): ReactNode {
  return fields.map((field) => (
    <FieldItem
      key={field.name}
      path={[...path, field.name]}
      field={field}
      keepsSecrets={keepsSecrets}
      isTemplate={isTemplate}
    />
  ));
}

interface FieldItemProps {
  readonly path: FieldPath;
  readonly field: Field;
  readonly keepsSecrets: boolean;
  readonly isTemplate: boolean;
}

function FieldItem({ path, field, keepsSecrets, isTemplate }: FieldItemProps): ReactNode {
  const t = useText();
  const label = useLabel();
  if (field.type === 'object' && field.fields) {
    return (
      <fieldset className="nested">
        <legend>{label(field.label)}</legend>
        <FieldsForm path={path} fields={field.fields} isTemplate={isTemplate} />
      </fieldset>
    );
  }
  if (field.type === 'list') return <ListItems path={path} field={field} isTemplate={isTemplate} />;
  const isRequired = field.required && !(field.secret && keepsSecrets);
  return (
    <Form.Item
      name={[...path]}
      label={label(field.label)}
      rules={isRequired ? [{ required: true, message: t('form.required') }] : []}
      extra={extraOf(field, keepsSecrets, label, t)}
      {...(field.type === 'boolean' && { valuePropName: 'checked' })}
    >
      <Control field={field} keepsSecrets={keepsSecrets} />
    </Form.Item>
  );
}

function extraOf(field: Field, keepsSecrets: boolean, label: ReturnType<typeof useLabel>, t: Translate): string {
  const parts = [
    field.hint && label(field.hint),
    field.limit && t('form.limit', { size: field.limit.size, unit: t(`unit.${field.limit.unit}`) }),
    field.secret && t(keepsSecrets ? 'form.secretKept' : 'form.secret'),
    field.example !== undefined && !field.secret && t('form.example', { example: String(field.example) }),
  ];
  return parts.filter(Boolean).join(t('sentence.and'));
}

interface ControlProps {
  readonly field: Field;
  readonly keepsSecrets: boolean;
  readonly id?: string;
  readonly value?: unknown;
  readonly onChange?: (value: unknown) => void;
}

function Control({ field, keepsSecrets, ...bound }: ControlProps): ReactNode {
  const t = useText();
  const given = bound as Record<string, never>;
  switch (field.type) {
    case 'boolean':
      return <Switch {...given} />;
    case 'integer':
    case 'number':
      return <InputNumber style={{ width: 240 }} {...limitsOf(field)} {...given} />;
    case 'choice':
      return (
        <Select
          allowClear
          options={(field.values ?? []).map((value) => ({ value, label: String(value) }))}
          {...given}
        />
      );
    case 'texts':
      return <Select mode="tags" open={false} suffixIcon={null} {...given} />;
    default:
      if (field.secret) {
        return (
          <Input.Password
            autoComplete="new-password"
            placeholder={keepsSecrets ? t('form.unchanged') : ''}
            {...given}
          />
        );
      }
      return field.multiline ? <Input.TextArea rows={5} {...given} /> : <Input autoComplete="off" {...given} />;
  }
}

function limitsOf({ min, max }: Field): { readonly min?: number; readonly max?: number } {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

function ListItems({ path, field, isTemplate }: Omit<FieldItemProps, 'keepsSecrets'>): ReactNode {
  const t = useText();
  const label = useLabel();
  return (
    <Form.List name={[...path]}>
      {(items, { add, remove }) => (
        <fieldset className="nested">
          <legend>{label(field.label)}</legend>
          {items.map(({ key, name }) => (
            <div key={key} className="nested-item">
              <Button
                size="small"
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t('form.removeItem', { number: name + 1 })}
                onClick={() => remove(name)}
              />
              {/* Items of a Form.List are named from the list on. */}
              <div className="grow">
                <FieldsForm path={[name]} fields={field.fields ?? []} isTemplate={isTemplate} />
              </div>
            </div>
          ))}
          <Button
            icon={<PlusOutlined />}
            disabled={field.maxItems !== undefined && items.length >= field.maxItems}
            onClick={() => add({})}
          >
            {t('form.addItem')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
