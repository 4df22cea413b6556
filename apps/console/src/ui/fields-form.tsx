import { Form, Select } from 'antd';
import type { ReactNode } from 'react';
import { useLabel } from '../api/catalogue.js';
import type { Field } from '../api/types.js';
import { useText, type Translate } from '../texts/text-provider.js';
import type { FieldPath } from './field-checks.js';
import { FieldControl } from './field-control.js';
import { FieldList } from './field-list.js';

interface FieldsFormProps {
  /** From the list around it on, if it stands in one. */
  readonly path: FieldPath;
  /** Where that list lies in the form. */
  readonly base?: FieldPath;
  readonly fields: readonly Field[];
  /** Secrets that exist already may stay away. */
  readonly keepsSecrets?: boolean;
  /** Values hold placeholders: only the finished text can be compared with its pattern. */
  readonly isTemplate?: boolean;
}

/** Form items for fields as the catalogue describes them: nothing here knows a channel. */
export function FieldsForm({
  path,
  base = [],
  fields,
  keepsSecrets = false,
  isTemplate = false,
}: FieldsFormProps): ReactNode {
  const label = useLabel();
  const form = Form.useFormInstance();
  const variants = fields.find((field) => field.variants !== undefined);
  const chosen: unknown = Form.useWatch([...base, ...path, variants?.name ?? ''], { form, preserve: true });
  const variant = variants?.variants?.find(({ value }) => value === chosen);
  const own = variants ? [] : fields;
  const shown = variant ? variant.fields.filter(({ name }) => name !== variants?.name) : own;
  const item = (field: Field): ReactNode => (
    <FieldItem
      key={field.name}
      {...{ path: [...path, field.name], at: [...base, ...path, field.name], field, keepsSecrets, isTemplate }}
    />
  );
  const groups = [...new Map(shown.flatMap(({ group }) => (group ? [[group.en, group] as const] : []))).values()];
  return (
    <>
      {variants && <VariantItem path={path} base={base} field={variants} />}
      {shown.filter(({ group }) => !group).map(item)}
      {groups.map((group) => (
        <fieldset key={group.en} className="nested">
          <legend>{label(group)}</legend>
          {shown.filter((field) => field.group?.en === group.en).map(item)}
        </fieldset>
      ))}
    </>
  );
}

interface VariantItemProps {
  readonly path: FieldPath;
  readonly base: FieldPath;
  readonly field: Field;
}

/** Another variant is another content: it begins as its example. */
function VariantItem({ path, base, field }: VariantItemProps): ReactNode {
  const label = useLabel();
  const form = Form.useFormInstance();
  return (
    <Form.Item name={[...path, field.name]} label={label(field.label)}>
      <Select
        options={(field.values ?? []).map((value) => {
          const variant = field.variants?.find((candidate) => candidate.value === value);
          return { value, label: variant ? label(variant.label) : String(value) };
        })}
        onChange={(value: string | number) => {
          const variant = field.variants?.find((candidate) => candidate.value === value);
          const whole = [...base, ...path];
          const before = form.getFieldValue(whole) as { readonly kind?: string } | undefined;
          form.setFieldValue(whole, { kind: before?.kind, ...variant?.example, [field.name]: value });
        }}
      />
    </Form.Item>
  );
}

interface FieldItemProps {
  readonly path: FieldPath;
  readonly at: FieldPath;
  readonly field: Field;
  readonly keepsSecrets: boolean;
  readonly isTemplate: boolean;
}

function FieldItem(props: FieldItemProps): ReactNode {
  const { at, field } = props;
  const form = Form.useFormInstance();
  const { field: other = '', values = [] } = field.visibleWhen ?? {};
  const sibling: unknown = Form.useWatch([...at.slice(0, -1), other], { form, preserve: true });
  if (field.visibleWhen && !values.some((value) => value === sibling)) return null;
  return <ShownItem {...props} />;
}

function ShownItem({ path, at, field, keepsSecrets, isTemplate }: FieldItemProps): ReactNode {
  const t = useText();
  const label = useLabel();
  if (field.type === 'object' && field.fields) {
    return (
      <fieldset className="nested">
        <legend>{label(field.label)}</legend>
        <FieldsForm
          path={path}
          base={at.slice(0, at.length - path.length)}
          fields={field.fields}
          isTemplate={isTemplate}
        />
      </fieldset>
    );
  }
  if (field.type === 'list') {
    return (
      <FieldList field={field} path={path} at={at}>
        {/* Items of a Form.List are named from the list on. */}
        {(index) => <FieldsForm path={[index]} base={at} fields={field.fields ?? []} isTemplate={isTemplate} />}
      </FieldList>
    );
  }
  const isRequired = field.required && !(field.secret && keepsSecrets);
  return (
    <Form.Item
      name={[...path]}
      label={label(field.label)}
      required={isRequired}
      validateTrigger="onBlur"
      rules={rulesOf(field, isRequired, isTemplate, t)}
      extra={extraOf(field, keepsSecrets, label, t)}
      {...(field.kind === 'switch' && { valuePropName: 'checked' })}
    >
      <FieldControl field={field} at={at} keepsSecrets={keepsSecrets} />
    </Form.Item>
  );
}

function rulesOf({ pattern }: Field, isRequired: boolean, isTemplate: boolean, t: Translate): object[] {
  return [
    ...(isRequired ? [{ required: true, message: t('form.required') }] : []),
    ...(pattern !== undefined && !isTemplate ? [{ pattern: new RegExp(pattern), message: t('form.pattern') }] : []),
  ];
}

function extraOf(field: Field, keepsSecrets: boolean, label: ReturnType<typeof useLabel>, t: Translate): ReactNode {
  const parts = [
    field.hint && label(field.hint),
    field.secret && t(keepsSecrets ? 'form.secretKept' : 'form.secret'),
    field.example !== undefined && !field.secret && t('form.example', { example: String(field.example) }),
  ];
  const text = parts.filter(Boolean).join(t('sentence.and'));
  return text === '' ? undefined : text;
}
