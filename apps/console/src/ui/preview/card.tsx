import type { ReactNode } from 'react';
import { Buttons, Footers, Questions } from './card-actions.js';
import { CardHead, Emphasis, Rows, Sections } from './card-parts.js';
import type { Look } from './look.js';
import { Picture } from './picture.js';
import { RichText, SafeText } from './rich-text.js';

/** Whatever parts a card has, from top to bottom. */
export function Card({ look }: { readonly look: Look }): ReactNode {
  const hasBars = look.looks('head').length > 0;
  const cover = look.picture('cover');
  const picture = cover && <Picture media={cover} shape="is-cover" />;
  return (
    <div className="look-card" title={look.target() || undefined}>
      <CardHead look={look} />
      <div className="look-inside">
        <Titles look={look} />
        {!hasBars && picture}
        <Aside look={look} />
        {hasBars && <Rows look={look} />}
        <Emphasis look={look} />
        <Quote look={look} />
        <Text look={look} />
        {hasBars && picture}
        <Sections look={look} />
        {!hasBars && <Rows look={look} />}
        <Author look={look} />
        <Questions look={look} />
      </div>
      <Buttons look={look} />
      <Footers look={look} />
    </div>
  );
}

function Titles({ look }: { readonly look: Look }): ReactNode {
  const thumb = look.picture('thumb');
  const title = look.text('title');
  const subtitle = look.text('subtitle');
  if (title === '' && subtitle === '' && !thumb) return null;
  const text = look.rich('text');
  return (
    <div className={thumb ? 'look-beside' : undefined}>
      <div className="look-grow">
        {title !== '' && (
          <div className="look-title" dir="auto">
            <SafeText text={title} />
          </div>
        )}
        {subtitle !== '' && (
          <div className="look-second" dir="auto">
            <SafeText text={subtitle} />
          </div>
        )}
        {thumb && text && (
          <div className="look-second is-short" dir="auto">
            <RichText content={text} />
          </div>
        )}
      </div>
      {thumb && <Picture media={thumb} shape="is-thumb" />}
    </div>
  );
}

/** Beside a small picture the text stands with the title. */
function Text({ look }: { readonly look: Look }): ReactNode {
  const text = look.rich('text');
  if (!text || look.picture('thumb')) return null;
  return (
    <div className={text.markup.has('headings') ? 'look-markdown' : 'look-second'} dir="auto">
      <RichText content={text} />
    </div>
  );
}

const Aside = ({ look }: { readonly look: Look }): ReactNode =>
  look.looks('aside').map((aside, index) => (
    <div key={index} className="look-aside">
      <Titles look={aside} />
    </div>
  ));

const Quote = ({ look }: { readonly look: Look }): ReactNode =>
  look.looks('quote').map((quote, index) => (
    <div key={index} className="look-quoted" dir="auto">
      {quote.text('title') !== '' && (
        <div className="is-bold">
          <SafeText text={quote.text('title')} />
        </div>
      )}
      <SafeText text={quote.text('text')} />
    </div>
  ));

function Author({ look }: { readonly look: Look }): ReactNode {
  const author = look.text('author');
  const attachments = look.text('attachments');
  if (author === '' && attachments === '') return null;
  return (
    <div className="look-author">
      <span dir="auto">
        <SafeText text={author} />
      </span>
      {attachments !== '' && <span>⌁ {attachments}</span>}
    </div>
  );
}
