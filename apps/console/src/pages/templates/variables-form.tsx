import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import type { NewTemplate } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';

type Variables = NonNullable<NewTemplate['variables']>;

interface VariablesFormProps {
  readonly placeholders: readonly string[];
  readonly onDeclared: () => void;
}

/** The placeholders of the content are the variables; here they get an example, and may be left out. */
export function VariablesForm({ placeholders, onDeclared }: VariablesFormProps): ReactNode {
  const t = useText();
  const form = Form.useFormInstance();
  const variables = (Form.useWatch('variables', { form, preserve: true }) ?? []) as Variables;
  const open = placeholders.filter((name) => !variables.some((variable) => variable?.name === name));
  const declare = (names: readonly string[]): void => {
    const added = names.map((name) => ({ name, required: true }));
    form.setFieldValue('variables', [...variables, ...added]);
    onDeclared();
  };
  return (
    <Form.List name="variables">
      {(items, { remove }) => (
        <fieldset className="nested">
          <legend>{t('templates.variables')}</legend>
          {items.length === 0 && open.length === 0 && <p className="small muted">{t('templates.variablesLead')}</p>}
          {items.map(({ key, name }) => {
            const variable = variables[name];
            return (
              <div key={key} className="variable">
                <div className="row">
                  <span className="mono strong grow">{variable?.name}</span>
                  {variable && !placeholders.includes(variable.name) && (
                    <span className="small second">{t('variables.unused')}</span>
                  )}
                  <Form.Item name={[name, 'required']} valuePropName="checked" noStyle>
                    <Checkbox>{t('templates.required')}</Checkbox>
                  </Form.Item>
                  <Button
                    size="small"
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('variables.remove', { name: variable?.name ?? '' })}
                    onClick={() => remove(name)}
                  />
                </div>
                <Form.Item name={[name, 'example']} noStyle>
                  <Input
                    size="small"
                    placeholder={t('templates.example')}
                    aria-label={t('variables.exampleOf', { name: variable?.name ?? '' })}
                  />
                </Form.Item>
                <Form.Item name={[name, 'description']} noStyle>
                  <Input
                    size="small"
                    variant="borderless"
                    placeholder={t('variables.description')}
                    aria-label={t('variables.descriptionOf', { name: variable?.name ?? '' })}
                  />
                </Form.Item>
              </div>
            );
          })}
          {open.map((name) => (
            <Button key={name} size="small" icon={<PlusOutlined />} className="mono" onClick={() => declare([name])}>
              {t('variables.declare', { name })}
            </Button>
          ))}
        </fieldset>
      )}
    </Form.List>
  );
}
