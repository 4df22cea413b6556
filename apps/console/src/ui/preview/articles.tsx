import type { ReactNode } from 'react';
import type { Look } from './look.js';
import { Picture } from './picture.js';
import { SafeText } from './rich-text.js';

/** One article stands for itself; of several the first has the large picture, and the others follow in rows. */
export function Articles({ look }: { readonly look: Look }): ReactNode {
  const [first, ...others] = look.looks('articles');
  if (!first) return null;
  if (others.length === 0) return <Article look={first} />;
  return (
    <div className="look-card">
      <div className="look-hero" title={first.target() || undefined}>
        <Cover look={first} />
        <span className="look-hero-title" dir="auto">
          <SafeText text={first.text('title')} />
        </span>
      </div>
      {others.map((article, index) => {
        const picture = article.picture('cover');
        return (
          <div key={index} className="look-article" title={article.target() || undefined}>
            <span className="look-grow" dir="auto">
              <SafeText text={article.text('title')} />
            </span>
            {picture && <Picture media={picture} shape="is-thumb" />}
          </div>
        );
      })}
    </div>
  );
}

function Article({ look }: { readonly look: Look }): ReactNode {
  return (
    <div className="look-card" title={look.target() || undefined}>
      <div className="look-inside">
        <div className="look-title" dir="auto">
          <SafeText text={look.text('title')} />
        </div>
        <Cover look={look} />
        {look.text('author') !== '' && (
          <div className="look-second" dir="auto">
            <SafeText text={look.text('author')} />
          </div>
        )}
        <div className="look-second" dir="auto">
          <SafeText text={look.text('text')} />
        </div>
      </div>
    </div>
  );
}

function Cover({ look }: { readonly look: Look }): ReactNode {
  const cover = look.picture('cover');
  return cover ? <Picture media={cover} shape="is-cover" /> : null;
}
