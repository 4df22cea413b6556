import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Collapse, Form, Input, InputNumber, Radio, Select, Switch, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useAccounts, useChannels, useLabel } from '../../api/catalogue.js';
import type { NewTemplate } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FieldsForm } from '../../ui/fields-form.js';
import { useMay } from '../../ui/gate.js';

const CODE = /^[a-z0-9\-_.]{1,64}$/;

interface TemplateFormProps {
  readonly form: FormInstance<NewTemplate>;
  readonly initial: Partial<NewTemplate>;
  readonly isNew: boolean;
  readonly onChange: (values: unknown) => void;
}

export function TemplateForm({ form, initial, isNew, onChange }: TemplateFormProps): ReactNode {
  const t = useText();
  const may = useMay();
  return (
    <Form<NewTemplate>
      form={form}
      layout="vertical"
      className="card"
      initialValues={initial}
      disabled={!may('templates:write')}
      onValuesChange={() => onChange(form.getFieldsValue(true))}
    >
      <div className="columns">
        <Form.Item name="name" label={t('templates.name')} rules={[{ required: true, message: t('form.required') }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="code"
          label={t('templates.code')}
          rules={[{ required: true, pattern: CODE, message: t('templates.codeRule') }]}
        >
          <Input disabled={!isNew} className="mono" />
        </Form.Item>
      </div>
      <Form.Item name="description" label={t('templates.description')}>
        <Input maxLength={2000} />
      </Form.Item>
      <Routes form={form} />
      <Variables />
      <Collapse ghost items={[{ key: 'rules', label: t('templates.rules'), forceRender: true, children: <Rules /> }]} />
    </Form>
  );
}

function Routes({ form }: { readonly form: FormInstance<NewTemplate> }): ReactNode {
  const t = useText();
  return (
    <Form.List name="routes">
      {(routes, { add, remove }) => (
        <>
          {routes.map(({ key, name }) => (
            <fieldset key={key} className="nested">
              <legend>{t('templates.route', { number: name + 1 })}</legend>
              <Route form={form} index={name} />
              {routes.length > 1 && (
                <Button icon={<DeleteOutlined />} onClick={() => remove(name)}>
                  {t('templates.removeRoute')}
                </Button>
              )}
            </fieldset>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({})}>
            {t('templates.addRoute')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

function Route({ form, index }: { readonly form: FormInstance<NewTemplate>; readonly index: number }): ReactNode {
  const t = useText();
  const label = useLabel();
  const may = useMay();
  const { data: channels } = useChannels();
  const name = Form.useWatch(['routes', index, 'channel'], form) as string | undefined;
  const kindName = Form.useWatch(['routes', index, 'content', 'kind'], form) as string | undefined;
  const channel = channels?.find((candidate) => candidate.name === name);
  const kind = channel?.contentKinds.find((candidate) => candidate.kind === kindName);
  const required = [{ required: true, message: t('form.required') }];
  return (
    <>
      <div className="columns">
        <Form.Item name={[index, 'channel']} label={t('messages.channel')} rules={required}>
          <Select
            options={(channels ?? []).map((item) => ({ value: item.name, label: label(item.label) }))}
            onChange={() => form.setFieldValue(['routes', index, 'content'], undefined)}
          />
        </Form.Item>
        {may('accounts:read') ? (
          <AccountItem index={index} channel={name} />
        ) : (
          <Form.Item name={[index, 'account']} label={t('messages.account')} rules={required}>
            <Input />
          </Form.Item>
        )}
      </div>
      <Form.Item name={[index, 'content', 'kind']} label={t('templates.kind')} rules={required}>
        <Select
          disabled={!channel}
          options={(channel?.contentKinds ?? []).map((item) => ({
            value: item.kind,
            label: `${label(item.label)} (${item.kind})`,
          }))}
          onChange={(chosen: string) => {
            const example = channel?.contentKinds.find((item) => item.kind === chosen)?.example ?? {};
            form.setFieldValue(['routes', index, 'content'], { kind: chosen, ...example });
          }}
        />
      </Form.Item>
      {kind && <FieldsForm path={[index, 'content']} fields={kind.fields} isTemplate />}
    </>
  );
}

function AccountItem({ index, channel }: { readonly index: number; readonly channel: string | undefined }): ReactNode {
  const t = useText();
  const { data } = useAccounts();
  const fitting = (data ?? []).filter((account) => account.channel === channel);
  return (
    <Form.Item
      name={[index, 'account']}
      label={t('messages.account')}
      rules={[{ required: true, message: t('form.required') }]}
    >
      <Select
        disabled={channel === undefined}
        notFoundContent={t('templates.noAccount')}
        options={fitting.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
      />
    </Form.Item>
  );
}

function Variables(): ReactNode {
  const t = useText();
  return (
    <Form.List name="variables">
      {(variables, { add, remove }) => (
        <fieldset className="nested gap-top">
          <legend>{t('templates.variables')}</legend>
          <p className="small muted">{t('templates.variablesLead')}</p>
          {variables.map(({ key, name }) => (
            <div key={key} className="nested-item">
              <div className="grow columns">
                <Form.Item
                  name={[name, 'name']}
                  label={t('templates.variable')}
                  rules={[{ required: true, message: t('form.required') }]}
                >
                  <Input className="mono" />
                </Form.Item>
                <Form.Item name={[name, 'example']} label={t('templates.example')}>
                  <Input />
                </Form.Item>
              </div>
              <Form.Item name={[name, 'required']} label={t('templates.required')} valuePropName="checked" initialValue>
                <Switch size="small" />
              </Form.Item>
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('form.removeItem', { number: name + 1 })}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ required: true })}>
            {t('templates.addVariable')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

function Rules(): ReactNode {
  const t = useText();
  const choice = (
    name: 'strategy' | 'onAmbiguous' | 'overflow' | 'unknownUser',
    values: readonly string[],
  ): ReactNode => (
    <Form.Item name={name} label={t(`rules.${name}`)}>
      <Radio.Group
        options={values.map((value) => ({ value, label: t(`rules.${name}.${value}` as 'rules.strategy.all') }))}
      />
    </Form.Item>
  );
  const window = (name: 'content' | 'frequency'): ReactNode => (
    <fieldset className="nested">
      <legend>{t(`rules.${name}`)}</legend>
      <div className="columns">
        <Form.Item name={['dedupe', name, 'limit']} label={t('rules.limit')}>
          <InputNumber min={1} max={1000} />
        </Form.Item>
        <Form.Item name={['dedupe', name, 'windowSeconds']} label={t('rules.window')}>
          <InputNumber min={1} max={2_592_000} />
        </Form.Item>
      </div>
    </fieldset>
  );
  return (
    <>
      {choice('strategy', ['first', 'all'])}
      {window('content')}
      {window('frequency')}
      <fieldset className="nested">
        <legend>{t('rules.quiet')}</legend>
        <div className="columns">
          <Form.Item name={['quietHours', 'from']} label={t('rules.quietFrom')}>
            <Input placeholder="22:00" />
          </Form.Item>
          <Form.Item name={['quietHours', 'to']} label={t('rules.quietTo')}>
            <Input placeholder="08:00" />
          </Form.Item>
        </div>
      </fieldset>
      {choice('onAmbiguous', ['resend', 'hold'])}
      {choice('overflow', ['delay', 'merge'])}
      {choice('unknownUser', ['refuse', 'as_is'])}
      <Form.Item name="ttlSeconds" label={t('rules.ttl')}>
        <InputNumber min={1} max={7_776_000} />
      </Form.Item>
    </>
  );
}
