import { Fragment, type ReactNode } from 'react';
import type { LookText } from './look.js';
import { blocksOf, pieces, type Block, type Run } from './markup.js';

/** A text as its characters: marks that would turn its direction are shown by their number. */
export function SafeText({ text }: { readonly text: string }): ReactNode {
  return pieces(text).map((piece, index) =>
    piece.isMark ? (
      <span key={index} className="look-mark">
        {piece.text}
      </span>
    ) : (
      <Fragment key={index}>{piece.text}</Fragment>
    ),
  );
}

const hostOf = (address: string): string => {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
};

function RunShown({ run }: { readonly run: Run }): ReactNode {
  const { href, image, isBold, isCode, isItalic, isMention, lost, text, tone } = run;
  if (image !== undefined) return <span className="look-picture is-inline">{hostOf(image)}</span>;
  const classes = [
    isBold && 'is-bold',
    isItalic && 'is-italic',
    isCode && 'look-code',
    href !== undefined && 'look-link',
    isMention && 'look-link',
    lost !== undefined && 'look-lost',
    tone !== undefined && `tone-${tone}`,
  ].filter(Boolean);
  return (
    <span className={classes.join(' ') || undefined} title={href}>
      <SafeText text={text} />
    </span>
  );
}

const Runs = ({ runs }: { readonly runs: readonly Run[] }): ReactNode =>
  runs.map((run, index) => <RunShown key={index} run={run} />);

function BlockShown({ block }: { readonly block: Block }): ReactNode {
  const { kind, level, mark, rows, runs } = block;
  if (kind === 'rule') return <div className="look-rule" />;
  if (kind === 'table' && rows) {
    return (
      <table className="look-table">
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => (
                <td key={column}>
                  <Runs runs={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    );
  }
  return (
    <div className={kind === 'heading' ? `look-heading level-${level ?? 1}` : `look-${kind}`} dir="auto">
      {mark !== undefined && <span className="look-item-mark">{mark} </span>}
      {runs.length === 0 ? '\u00A0' : <Runs runs={runs} />}
    </div>
  );
}

/** A text with the markup that its client shows; other markup stays characters, hatched. */
export function RichText({ content }: { readonly content: LookText }): ReactNode {
  return blocksOf(content.text, content.markup).map((block, index) => <BlockShown key={index} block={block} />);
}
