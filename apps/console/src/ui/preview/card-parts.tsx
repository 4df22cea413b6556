import type { ReactNode } from 'react';
import type { Look } from './look.js';
import { SafeText } from './rich-text.js';

/** Eight digits, alpha first; the vendor drops the alpha. */
const ARGB = /^(?:0x)?[0-9a-f]{2}([0-9a-f]{6})$/i;
/** Above it black letters are easier to read than white ones. */
const BRIGHT = 0.4;

export interface Bar {
  readonly background: string;
  readonly color: string;
}

const linear = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

/** The colour of a bar with letters that can be read on it. */
export function barOf(argb: string): Bar | undefined {
  const rgb = ARGB.exec(argb)?.[1];
  if (rgb === undefined) return undefined;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => linear(parseInt(rgb.slice(at, at + 2), 16) / 255));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return { background: `#${rgb}`, color: luminance > BRIGHT ? '#171a1d' : '#ffffff' };
}

/** Whom it comes from, and what hangs over the card. */
export function CardHead({ look }: { readonly look: Look }): ReactNode {
  const [head] = look.looks('head');
  const [status] = look.looks('status');
  const source = look.text('source');
  const hasMenu = look.looks('menu').length > 0;
  return (
    <>
      {head && (
        <div className="look-bar" style={barOf(head.text('colour'))} dir="auto">
          <span className="look-grow">
            <SafeText text={head.text('title')} />
          </span>
          {status && (
            <span className="look-chip" style={barOf(status.text('colour') || 'ff000000')}>
              <SafeText text={status.text('text')} />
            </span>
          )}
        </div>
      )}
      {(source !== '' || hasMenu) && (
        <div className="look-source" dir="auto">
          <span className="look-source-icon" aria-hidden />
          <span className="look-grow">
            <SafeText text={source} />
          </span>
          {hasMenu && <span aria-hidden>⋯</span>}
        </div>
      )}
    </>
  );
}

export const Emphasis = ({ look }: { readonly look: Look }): ReactNode =>
  look.looks('emphasis').map((emphasis, index) => (
    <div key={index} className="look-emphasis" dir="auto">
      <span className="look-figure">
        <SafeText text={emphasis.text('figure')} />
      </span>
      {emphasis.text('unit') !== '' && <span className="look-unit"> {emphasis.text('unit')}</span>}
      {emphasis.text('caption') !== '' && (
        <div className="look-second">
          <SafeText text={emphasis.text('caption')} />
        </div>
      )}
    </div>
  ));

export function Rows({ look }: { readonly look: Look }): ReactNode {
  const rows = look.looks('rows').filter((row) => row.text('label') !== '' || row.text('value') !== '');
  if (rows.length === 0) return null;
  const isLarge = look.is('firstIsLarge');
  return (
    <div className="look-rows">
      {rows.map((row, index) => (
        <div key={index} className={isLarge && index === 0 ? 'look-row is-large' : 'look-row'}>
          <span className="look-key" dir="auto">
            <SafeText text={row.text('label')} />
          </span>
          <span className={row.target() === '' ? undefined : 'look-link'} title={row.target() || undefined} dir="auto">
            <SafeText text={row.text('value')} />
          </span>
        </div>
      ))}
    </div>
  );
}

export const Sections = ({ look }: { readonly look: Look }): ReactNode =>
  look.looks('sections').map((section, index) => (
    <div key={index} dir="auto">
      <div className="is-bold">
        <SafeText text={section.text('title')} />
      </div>
      <div className="look-second">
        <SafeText text={section.text('text')} />
      </div>
    </div>
  ));
