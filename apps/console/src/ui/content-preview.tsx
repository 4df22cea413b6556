import type { ReactNode } from 'react';
import { useChannelLabel, useChannels, useLabel } from '../api/catalogue.js';
import type { Field } from '../api/types.js';

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};

export interface ContentPreviewProps {
  readonly channel: string;
  readonly content: unknown;
}

/**
 * The content in the order and with the names of the channel's fields. Everything is text: markup of a value shows as it
 * is, and nothing is loaded from anywhere.
 */
export function ContentPreview({ channel, content }: ContentPreviewProps): ReactNode {
  const { data: channels } = useChannels();
  const channelLabel = useChannelLabel();
  const label = useLabel();
  if (!isValues(content)) return null;
  const kind = channels
    ?.find(({ name }) => name === channel)
    ?.contentKinds.find((candidate) => candidate.kind === content['kind']);
  const fields = kind?.fields ?? [];
  const isBubble = fields.filter(({ name }) => textOf(content[name]) !== '').length <= 1;
  return (
    <figure className="phone">
      <figcaption className="small muted">
        {channelLabel(channel)} · {kind ? label(kind.label) : textOf(content['kind'])}
      </figcaption>
      <div className={isBubble ? 'bubble' : 'bubble is-card'} dir="auto">
        <FieldTexts fields={fields} values={content} isBubble={isBubble} />
      </div>
    </figure>
  );
}

interface FieldTextsProps {
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly isBubble?: boolean;
}

function FieldTexts({ fields, values, isBubble = false }: FieldTextsProps): ReactNode {
  const known = fields.filter(({ name }) => values[name] !== undefined);
  const others = Object.keys(values).filter((name) => name !== 'kind' && !fields.some((field) => field.name === name));
  return (
    <>
      {known.map((field) => (
        <FieldText key={field.name} field={field} value={values[field.name]} isBubble={isBubble} />
      ))}
      {others.map((name) => (
        <Plain key={name} name={name} value={values[name]} />
      ))}
    </>
  );
}

interface FieldTextProps {
  readonly field: Field;
  readonly value: unknown;
  readonly isBubble: boolean;
}

function FieldText({ field, value, isBubble }: FieldTextProps): ReactNode {
  const label = useLabel();
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (
      <div key={index} className="bubble-item">
        {isValues(item) ? <FieldTexts fields={field.fields ?? []} values={item} /> : textOf(item)}
      </div>
    ));
  }
  if (isValues(value)) {
    return (
      <div className="bubble-item">
        <FieldTexts fields={field.fields ?? []} values={value} />
      </div>
    );
  }
  if (field.name === 'title') return <div className="bubble-title">{textOf(value)}</div>;
  if (isBubble || field.multiline || field.name === 'description')
    return <div className="bubble-text">{textOf(value)}</div>;
  return (
    <div className="bubble-row">
      <span>{label(field.label)}</span>
      <span>{textOf(value)}</span>
    </div>
  );
}

function Plain({ name, value }: { readonly name: string; readonly value: unknown }): ReactNode {
  const text = isValues(value) || Array.isArray(value) ? JSON.stringify(value) : textOf(value);
  return (
    <div className="bubble-row">
      <span>{name}</span>
      <span>{text}</span>
    </div>
  );
}
