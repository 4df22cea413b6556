import type { ReactNode } from 'react';
import { useChannels, useLabel } from '../api/catalogue.js';
import type { Channel, ContentKind } from '../api/types.js';
import { usePreferences, type Theme } from '../session/preferences.js';
import { useText } from '../texts/text-provider.js';
import { Articles } from './preview/articles.js';
import { Card } from './preview/card.js';
import { Look, isValues, textOf, type Values } from './preview/look.js';
import { blocksOf } from './preview/markup.js';
import { FileCard, Image, Video, Voice } from './preview/media.js';
import { PlainFields } from './preview/plain-fields.js';
import { RichText, SafeText } from './preview/rich-text.js';
import './preview/preview.css';

export interface ContentPreviewProps {
  readonly channel: string;
  readonly content: unknown;
  /** Whom it mentions beside those that the content names. */
  readonly mentions?: readonly string[];
  /** Instead of the theme of the console. */
  readonly theme?: Theme;
  readonly isWide?: boolean;
  readonly isRecalled?: boolean;
  /** Nobody would get it as it stands. */
  readonly isRefused?: boolean;
}

/**
 * The content as the people who get it see it, in the look of its channel. Everything is text: markup that the client does
 * not know shows as its characters, links lead nowhere, and nothing is loaded from an address that stands in it.
 */
export function ContentPreview(props: ContentPreviewProps): ReactNode {
  const { data: channels } = useChannels();
  const { channel: name, content } = props;
  if (!isValues(content)) return null;
  const channel = channels?.find((candidate) => candidate.name === name);
  const kind = channel?.contentKinds.find((candidate) => candidate.kind === content['kind']);
  return <Frame {...props} known={channel} kind={kind} values={content} isKnown={channels !== undefined} />;
}

interface FrameProps extends ContentPreviewProps {
  readonly known: Channel | undefined;
  readonly kind: ContentKind | undefined;
  readonly values: Values;
  /** The catalogue is there. */
  readonly isKnown: boolean;
}

function Frame({ kind, known, isKnown, values, mentions = [], ...props }: FrameProps): ReactNode {
  const t = useText();
  const preferences = usePreferences();
  const look = new Look(kind?.fields ?? [], values);
  const { caption, title } = useCaption(kind, known, props.channel, values);
  const marks = [props.isWide && 'is-wide', props.isRecalled && 'is-recalled', props.isRefused && 'is-refused'];
  return (
    <figure
      className={['look', ...marks].filter(Boolean).join(' ')}
      data-skin={known?.skin ?? 'square'}
      data-look={props.theme ?? preferences.theme}
    >
      <figcaption className="look-caption">
        {title} · {caption}
      </figcaption>
      <div className="look-line" dir="auto">
        <span className="look-key">{t('look.notification')}</span>{' '}
        <SafeText text={notificationOf(look) || `[${caption}]`} />
      </div>
      <div className="look-talk">
        <Avatar channel={known} />
        <div className="look-body">
          {isKnown && <Body kind={kind} look={look} content={values} mentions={mentions} />}
          {props.isRecalled && <div className="look-note">{t('look.recalled')}</div>}
          {props.isRefused && <div className="look-note is-refusal">✖ {t('look.refused')}</div>}
        </div>
      </div>
    </figure>
  );
}

interface Caption {
  readonly title: string;
  readonly caption: string;
}

/** Names of channel and kind, or what stands for them. */
function useCaption(
  kind: ContentKind | undefined,
  known: Channel | undefined,
  channel: string,
  values: Values,
): Caption {
  const label = useLabel();
  return {
    title: known ? label(known.label) : channel,
    caption: kind ? label(kind.label) : textOf(values['kind']),
  };
}

function Avatar({ channel }: { readonly channel: Channel | undefined }): ReactNode {
  const label = useLabel();
  return (
    <span className="look-avatar" aria-hidden>
      {channel ? [...label(channel.short)][0] : '·'}
    </span>
  );
}

/** What a list of conversations shows of it: a title, or the first line without its markup. */
function notificationOf(look: Look): string {
  const titles = [look, ...look.looks('articles')].map((part) => part.text('notification') || part.text('title'));
  const title = titles.find((text) => text !== '');
  if (title !== undefined) return title;
  const text = look.rich('text');
  const [first] = text ? blocksOf(text.text, text.markup) : [];
  const words = first?.runs.map((run) => run.text).join('') ?? '';
  return words.split('\n')[0] ?? '';
}

interface BodyProps {
  readonly kind: ContentKind | undefined;
  readonly look: Look;
  readonly content: Values;
  readonly mentions: readonly string[];
}

function Body({ content, kind, look, mentions }: BodyProps): ReactNode {
  if (!kind || !look.isKnown) return <PlainFields fields={kind?.fields ?? []} values={content} />;
  switch (kind.layout) {
    case 'image':
      return <Image look={look} />;
    case 'voice':
      return <Voice look={look} />;
    case 'video':
      return <Video look={look} />;
    case 'file':
      return <FileCard look={look} />;
    case 'card':
      return <Card look={look} />;
    case 'articles':
      return <Articles look={look} />;
    default:
      return <Bubble look={look} mentions={mentions} />;
  }
}

function Bubble({ look, mentions }: { readonly look: Look; readonly mentions: readonly string[] }): ReactNode {
  const text = look.rich('text');
  const named = [...look.texts('mentions'), ...mentions];
  return (
    <div className="look-bubble" dir="auto">
      {text && <RichText content={text} />}
      {named.length > 0 && (
        <div className="look-link">
          {named.map((who) => (
            <span key={who}>
              @<SafeText text={who.replace(/^@/, '')} />{' '}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
