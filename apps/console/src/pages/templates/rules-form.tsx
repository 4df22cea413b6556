import { Checkbox, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useText, type TextKey } from '../../texts/text-provider.js';
import type { Rules } from './draft.js';

const ON = ['failed', 'unreachable', 'timeout', 'unread'] as const;
const MAX_SECONDS = 2_592_000;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const ZONES = [
  'Asia/Shanghai',
  'Asia/Hong_Kong',
  'Asia/Tokyo',
  'Asia/Singapore',
  'UTC',
  'Europe/Berlin',
  'America/New_York',
];

export function RulesForm(): ReactNode {
  const t = useText();
  return (
    <>
      <Choice name="strategy" values={['first', 'all']} />
      <Switched name="hasFallback" label="rules.fallback">
        <Form.Item name={['fallback', 'on']} label={t('rules.fallbackOn')}>
          <Checkbox.Group options={ON.map((value) => ({ value, label: t(`rules.fallback.${value}`) }))} />
        </Form.Item>
        <Form.Item name={['fallback', 'afterSeconds']} label={t('rules.fallbackAfter')}>
          <InputNumber min={1} max={MAX_SECONDS} placeholder="600" />
        </Form.Item>
      </Switched>
      <Switched name="hasDedupe" label="rules.content">
        <Window name="content" />
      </Switched>
      <Switched name="hasFrequency" label="rules.frequency">
        <Window name="frequency" />
      </Switched>
      <Switched name="hasQuietHours" label="rules.quiet">
        <QuietHours />
      </Switched>
      <Choice name="onAmbiguous" values={['resend', 'hold']} />
      <Choice name="overflow" values={['delay', 'merge']} />
      <Choice name="unknownUser" values={['refuse', 'as_is']} />
      <Form.Item name="ttlSeconds" label={t('rules.ttl')}>
        <InputNumber min={1} max={7_776_000} placeholder="86400" />
      </Form.Item>
    </>
  );
}

type ChoiceName = 'strategy' | 'onAmbiguous' | 'overflow' | 'unknownUser';

function Choice({ name, values }: { readonly name: ChoiceName; readonly values: readonly string[] }): ReactNode {
  const t = useText();
  const options = values.map((value) => ({ value, label: t(`rules.${name}.${value}` as 'rules.strategy.all') }));
  return (
    <Form.Item name={name} label={t(`rules.${name}`)}>
      <Radio.Group options={options} />
    </Form.Item>
  );
}

interface SwitchedProps {
  readonly name: keyof Rules;
  readonly label: TextKey;
  readonly children: ReactNode;
}

/** A rule that is on or off, and says what it does while it is on. */
function Switched({ name, label, children }: SwitchedProps): ReactNode {
  const t = useText();
  const form = Form.useFormInstance();
  const isOn = Form.useWatch(['rules', name], form) === true;
  return (
    <div className="switched">
      <div className="row">
        <Form.Item name={['rules', name]} valuePropName="checked" noStyle>
          <Switch size="small" aria-label={t(label)} />
        </Form.Item>
        <span className="strong">{t(label)}</span>
      </div>
      {isOn && <div className="switched-inside">{children}</div>}
    </div>
  );
}

function Window({ name }: { readonly name: 'content' | 'frequency' }): ReactNode {
  const t = useText();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <div className="columns">
      <Form.Item name={['dedupe', name, 'limit']} label={t('rules.limit')} rules={required}>
        <InputNumber min={1} max={1000} />
      </Form.Item>
      <Form.Item name={['dedupe', name, 'windowSeconds']} label={t('rules.window')} rules={required}>
        <InputNumber min={1} max={MAX_SECONDS} />
      </Form.Item>
    </div>
  );
}

function QuietHours(): ReactNode {
  const t = useText();
  const rules = [{ required: true, pattern: TIME, message: t('rules.timeRule') }];
  return (
    <>
      <div className="columns">
        <Form.Item name={['quietHours', 'from']} label={t('rules.quietFrom')} rules={rules} validateTrigger="onBlur">
          <Input placeholder="22:00" />
        </Form.Item>
        <Form.Item name={['quietHours', 'to']} label={t('rules.quietTo')} rules={rules} validateTrigger="onBlur">
          <Input placeholder="08:00" />
        </Form.Item>
      </div>
      <Form.Item name={['quietHours', 'timeZone']} label={t('rules.zone')}>
        <Select allowClear showSearch placeholder="Asia/Shanghai" options={ZONES.map((value) => ({ value }))} />
      </Form.Item>
      <Form.Item name={['quietHours', 'action']} label={t('rules.quietAction')}>
        <Radio.Group
          options={(['delay', 'drop'] as const).map((value) => ({ value, label: t(`rules.quietAction.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={['quietHours', 'highBypasses']} valuePropName="checked">
        <Checkbox>{t('rules.highBypasses')}</Checkbox>
      </Form.Item>
    </>
  );
}
