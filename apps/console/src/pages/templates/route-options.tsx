import { Form, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useLabel } from '../../api/catalogue.js';
import type { Channel, Label } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';

/** As the catalogue tells it. */
interface OptionAnswer {
  readonly name: string;
  readonly label: Label;
  readonly values?: readonly number[];
  readonly kinds?: Readonly<Record<string, readonly number[]>> | readonly string[];
  readonly min?: number;
  readonly max?: number;
}

interface RouteOptionsProps {
  readonly index: number;
  readonly channel: Channel;
  readonly kind: string | undefined;
}

type Mention = string | Readonly<Record<string, unknown>>;

/** `{"mobile": …}` where somebody wrote `mobile:…`, `@all` for everybody; a bare id stays one. */
const mentionOf = (text: string): Mention => {
  if (/^@?all$/i.test(text)) return { all: true };
  const [, prefix, value] = /^([a-z]+):(.+)$/.exec(text) ?? [];
  return prefix !== undefined && value !== undefined ? { [prefix]: value } : text;
};

const mentionText = (mention: Mention): string => {
  if (typeof mention === 'string') return mention;
  const [name = '', value] = Object.entries(mention)[0] ?? [];
  return name === 'all' ? '@all' : `${name}:${String(value)}`;
};

/** What a route says beside its content. */
export function RouteOptions({ index, channel, kind }: RouteOptionsProps): ReactNode {
  const t = useText();
  const label = useLabel();
  const options = channel.options as unknown as readonly OptionAnswer[];
  const isGroup = (channel.addressing as { readonly to?: string }).to === 'group';
  return (
    <fieldset className="nested">
      <legend>{t('routes.options')}</legend>
      <div className="columns">
        <Form.Item name={[index, 'options', 'onOverlong']} label={t('routes.overlong')}>
          <Select
            allowClear
            placeholder={t('routes.overlong.refuse')}
            options={[{ value: 'cut', label: t('routes.overlong.cut') }]}
          />
        </Form.Item>
        {options.map((option) => {
          const values = valuesFor(option, kind);
          if (values?.length === 0) return null;
          return (
            <Form.Item key={option.name} name={[index, 'options', option.name]} label={label(option.label)}>
              {values ? (
                <Select allowClear options={values.map((value) => ({ value, label: String(value) }))} />
              ) : (
                <InputNumber
                  {...(option.min !== undefined && { min: option.min })}
                  {...(option.max !== undefined && { max: option.max })}
                />
              )}
            </Form.Item>
          );
        })}
      </div>
      {isGroup && (
        <Form.Item
          name={[index, 'options', 'mentions']}
          label={t('routes.mentions')}
          extra={t('routes.mentionsLead')}
          getValueProps={(value: readonly Mention[] | undefined) => ({ value: (value ?? []).map(mentionText) })}
          normalize={(value: readonly string[]) => value.map(mentionOf)}
        >
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
      )}
    </fieldset>
  );
}

/** Which values the option has with this kind; undefined: any. */
function valuesFor({ kinds, values }: OptionAnswer, kind = ''): readonly number[] | undefined {
  if (kinds === undefined) return values;
  if (Array.isArray(kinds)) return kinds.includes(kind) ? (values ?? [0, 1]) : [];
  return (kinds as Readonly<Record<string, readonly number[]>>)[kind] ?? [];
}
