import { Form, Input, type FormInstance } from 'antd';
import { useRef, type ReactNode } from 'react';
import { useText } from '../../texts/text-provider.js';
import { FieldChecksContext, type FieldChecks } from '../../ui/field-checks.js';
import { useMay } from '../../ui/gate.js';
import type { Draft } from './draft.js';
import { RoutesForm } from './routes-form.js';
import { RulesForm } from './rules-form.js';
import { VariablesForm } from './variables-form.js';

const CODE = /^[a-z0-9\-_.]{1,64}$/;

interface TemplateFormProps {
  readonly form: FormInstance<Draft>;
  readonly initial: Draft;
  readonly isNew: boolean;
  readonly checks: FieldChecks;
  readonly placeholders: readonly string[];
  readonly onChange: (values: Draft) => void;
}

/**
 * What a template says. While an input method composes, the letters are not the text yet: the draft changes when it is
 * done.
 */
export function TemplateForm({ form, initial, isNew, checks, placeholders, onChange }: TemplateFormProps): ReactNode {
  const may = useMay();
  const isComposing = useRef(false);
  const tell = (): void => {
    if (!isComposing.current) onChange(form.getFieldsValue(true) as Draft);
  };
  const endComposing = (): void => {
    isComposing.current = false;
    // The control hears of its text after this event.
    queueMicrotask(tell);
    setTimeout(tell);
  };
  return (
    <FieldChecksContext value={checks}>
      <div
        className="editor-form"
        onCompositionStart={() => (isComposing.current = true)}
        onCompositionEnd={endComposing}
      >
        <Form<Draft>
          form={form}
          layout="vertical"
          initialValues={initial}
          disabled={!may('templates:write')}
          onValuesChange={tell}
          scrollToFirstError
        >
          <div className="editor-columns">
            <section className="card">
              <Names isNew={isNew} />
              <VariablesForm placeholders={placeholders} onDeclared={tell} />
              <RulesForm />
            </section>
            <section className="card">
              <RoutesForm onChanged={tell} />
            </section>
          </div>
        </Form>
      </div>
    </FieldChecksContext>
  );
}

function Names({ isNew }: { readonly isNew: boolean }): ReactNode {
  const t = useText();
  return (
    <>
      <Form.Item name="name" label={t('templates.name')} rules={[{ required: true, message: t('form.required') }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="code"
        label={t('templates.code')}
        validateTrigger="onBlur"
        rules={[{ required: true, pattern: CODE, message: t('templates.codeRule') }]}
      >
        <Input disabled={!isNew} className="mono" autoComplete="off" />
      </Form.Item>
      <Form.Item name="description" label={t('templates.description')}>
        <Input maxLength={2000} />
      </Form.Item>
    </>
  );
}
