import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Radio, Select, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useAccounts, useTemplates } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { useAddress } from '../../app/address.js';
import { RANGES } from '../../app/time-range.js';
import { useText } from '../../texts/text-provider.js';
import { useMay } from '../../ui/gate.js';
import { placeholdersOf } from '../templates/index.js';
import { WAYS, type Way, type Wish } from './recall-wish.js';

const MIN_REASON = 4;

interface ScopeProps {
  readonly isBusy: boolean;
  readonly onPreview: (wish: Wish) => void;
  readonly onChange: () => void;
}

/** What is to be stopped, why, and what those get instead for whom it cannot be. */
export function ScopeForm({ isBusy, onPreview, onChange }: ScopeProps): ReactNode {
  const t = useText();
  const address = useAddress();
  const may = useMay();
  const [form] = Form.useForm<Wish>();
  const by = Form.useWatch('by', form) ?? 'template';
  const initial = {
    by: (WAYS.find((way) => way === address.get('by')) ?? 'template') satisfies Way,
    template: address.get('template') || undefined,
    businessKey: address.get('key') || undefined,
    ids: address.get('ids').split(',').join('\n') || undefined,
    from: address.get('from') || '-1h',
    disableTemplate: may('templates:write'),
  };
  return (
    <Form<Wish> form={form} layout="vertical" initialValues={initial} onFinish={onPreview} onValuesChange={onChange}>
      <Form.Item name="by" label={t('kill.by')}>
        <Radio.Group options={WAYS.map((value) => ({ value, label: t(`kill.by.${value}`) }))} />
      </Form.Item>
      <Selector by={by} />
      <Form.Item
        name="note"
        label={t('kill.note')}
        rules={[{ required: true, min: MIN_REASON, message: t('kill.noteRule') }]}
      >
        <Input maxLength={500} style={{ maxWidth: 480 }} />
      </Form.Item>
      {by === 'template' && may('templates:write') && (
        <Form.Item name="disableTemplate" valuePropName="checked" noStyle>
          <Checkbox>{t('kill.disable')}</Checkbox>
        </Form.Item>
      )}
      <Correction form={form} />
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {t('kill.preview')}
      </Button>
    </Form>
  );
}

function Selector({ by }: { readonly by: Way }): ReactNode {
  const t = useText();
  const options = useTemplateOptions();
  const { data: accounts = [] } = useAccounts();
  const required = [{ required: true, message: t('form.required') }];
  if (by === 'template') {
    return (
      <div className="row">
        <Form.Item name="template" label={t('messages.template')} rules={required}>
          <Select showSearch optionFilterProp="label" options={options} style={{ width: 320 }} />
        </Form.Item>
        <Form.Item name="from" label={t('range.label')}>
          <Select
            options={RANGES.map((range) => ({ value: range, label: t(`range.${range.slice(1)}` as 'range.1h') }))}
            style={{ width: 160 }}
          />
        </Form.Item>
      </div>
    );
  }
  if (by === 'businessKey') {
    return (
      <Form.Item name="businessKey" label={t('messages.businessKey')} rules={required}>
        <Input maxLength={200} style={{ maxWidth: 480 }} />
      </Form.Item>
    );
  }
  return (
    <>
      {by === 'providerMsgIds' && (
        <Form.Item name="account" label={t('kill.account')} rules={required}>
          <Select
            showSearch
            options={accounts.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
            style={{ width: 320 }}
          />
        </Form.Item>
      )}
      <Form.Item name="ids" label={t(by === 'messageIds' ? 'kill.ids' : 'kill.providerIds')} rules={required}>
        <Input.TextArea rows={4} style={{ maxWidth: 480 }} />
      </Form.Item>
    </>
  );
}

function useTemplateOptions(): { readonly value: string; readonly label: string }[] {
  const { data: templates } = useTemplates();
  return (templates ?? []).map(({ code, name }) => ({ value: code, label: `${name} (${code})` }));
}

/** What is sent after what cannot be taken back, with its values. */
function Correction({ form }: { readonly form: FormInstance<Wish> }): ReactNode {
  const t = useText();
  const options = useTemplateOptions();
  const code = Form.useWatch('correction', form);
  const { data } = useQuery({
    queryKey: ['template', code, 'placeholders'],
    enabled: Boolean(code),
    queryFn: async () => {
      const template = await bodyOf(api.GET('/v1/templates/{code}', { params: { path: { code: code ?? '' } } }));
      return placeholdersOf(template.routes);
    },
  });
  return (
    <>
      <Form.Item name="correction" label={t('kill.correction')} className="gap-top">
        <Select allowClear showSearch optionFilterProp="label" options={options} style={{ width: 320 }} />
      </Form.Item>
      {code && (data ?? []).length > 0 && (
        <div className="columns">
          {data?.map((name) => (
            <Form.Item
              key={name}
              name={['params', name]}
              label={t('kill.correctionParam', { name })}
              rules={[{ required: true, message: t('form.required') }]}
            >
              <Input />
            </Form.Item>
          ))}
        </div>
      )}
    </>
  );
}
