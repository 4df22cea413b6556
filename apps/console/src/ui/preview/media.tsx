import type { ReactNode } from 'react';
import { useText } from '../../texts/text-provider.js';
import type { Look } from './look.js';
import { Picture, placeOf } from './picture.js';
import { SafeText } from './rich-text.js';

export function Image({ look }: { readonly look: Look }): ReactNode {
  const media = look.picture('cover') ?? look.file();
  return media ? <Picture media={media} shape="is-alone" /> : null;
}

export function Voice({ look }: { readonly look: Look }): ReactNode {
  const t = useText();
  const seconds = Number(look.text('seconds')) || Math.round(Number(look.text('milliseconds')) / 1000);
  return (
    <div className="look-bubble look-voice" role="img" aria-label={t('look.voice')}>
      <span aria-hidden>◖))) </span>
      {seconds > 0 && <span className="num">{seconds}″</span>}
    </div>
  );
}

export function Video({ look }: { readonly look: Look }): ReactNode {
  const cover = look.picture('cover');
  const seconds = Number(look.text('seconds'));
  return (
    <div className="look-card">
      <div className="look-video">
        {cover && <Picture media={cover} shape="is-cover" />}
        <span className="look-play" aria-hidden>
          ▷
        </span>
        {seconds > 0 && <span className="look-length num">{seconds}″</span>}
      </div>
      {(look.text('title') !== '' || look.text('text') !== '') && (
        <div className="look-inside" dir="auto">
          <div className="look-title">
            <SafeText text={look.text('title')} />
          </div>
          <div className="look-second">
            <SafeText text={look.text('text')} />
          </div>
        </div>
      )}
    </div>
  );
}

export function FileCard({ look }: { readonly look: Look }): ReactNode {
  const t = useText();
  const file = look.file();
  const name = look.text('fileName') || (file ? placeOf(file) : '');
  const type = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? 'file';
  return (
    <div className="look-card look-file" role="group" aria-label={t('look.file')}>
      <span className="look-grow look-title" dir="auto">
        <SafeText text={name} />
      </span>
      <span className="look-type" aria-hidden>
        {type.toUpperCase()}
      </span>
    </div>
  );
}
