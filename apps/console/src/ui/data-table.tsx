import { useVirtualizer } from '@tanstack/react-virtual';
import { Skeleton } from 'antd';
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { usePreferences } from '../session/preferences.js';
import { useKeptScroll } from './kept-scroll.js';

export interface Column<Row> {
  readonly id: string;
  readonly title: ReactNode;
  readonly render: (row: Row) => ReactNode;
  readonly align?: 'right';
  /** Long texts end in an ellipsis. */
  readonly isCut?: boolean;
  readonly width?: number;
}

export interface DataTableProps<Row> {
  /** Says what the table holds, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly selected?: string | undefined;
  readonly onOpen?: (row: Row) => void;
  readonly isLoading?: boolean;
  readonly empty: ReactNode;
  readonly foot?: ReactNode;
  /** Asked for when the last rows come into sight. */
  readonly onEnd?: () => void;
}

const OVERSCAN = 12;
const SKELETONS = 6;
/** Rows from the end at which more is asked for. */
const AHEAD = 15;

/** A real table that draws only the rows in sight. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { caption, columns, rows, isLoading = false, empty, foot } = props;
  const isCompact = usePreferences().density === 'compact';
  const box = useRef<HTMLDivElement>(null);
  if (rows.length === 0 && !isLoading) return <div className="table-box empty">{empty}</div>;
  return (
    <div
      ref={box}
      className={`table-box is-tall ${isCompact ? 'is-compact' : ''}`}
      tabIndex={0}
      role="region"
      aria-label={caption}
    >
      <table className="table" aria-rowcount={rows.length + 1} aria-busy={isLoading}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ id, title, align, width }) => (
              <th key={id} scope="col" className={align} style={width === undefined ? undefined : { width }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {rows.length === 0 ? (
          <Skeletons columns={columns.length} />
        ) : (
          <Lines box={box} isCompact={isCompact} {...props} />
        )}
      </table>
      {foot !== undefined && <div className="table-foot">{foot}</div>}
    </div>
  );
}

type LinesProps<Row> = DataTableProps<Row> & {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly isCompact: boolean;
};

/** The rows in sight, between two gaps as high as the others. */
function Lines<Row>({ box, isCompact, ...props }: LinesProps<Row>): ReactNode {
  const { caption, columns, rows, onEnd } = props;
  const { offset } = useKeptScroll(box, caption);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => (isCompact ? 33 : 41),
    overscan: OVERSCAN,
    initialOffset: offset,
    initialRect: { width: 1200, height: 800 },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd && lastShown >= rows.length - AHEAD) onEnd();
  }, [lastShown, rows.length, onEnd]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <tbody>
      {before > 0 && <Gap height={before} columns={columns.length} />}
      {items.map(({ index }) => {
        const row = rows[index];
        return row === undefined ? null : <Line key={props.keyOf(row)} row={row} index={index} {...props} />;
      })}
      {after > 0 && <Gap height={after} columns={columns.length} />}
    </tbody>
  );
}

function Line<Row>(props: DataTableProps<Row> & { readonly row: Row; readonly index: number }): ReactNode {
  const { row, index, columns, keyOf, selected, onOpen } = props;
  return (
    <tr
      aria-rowindex={index + 2}
      data-row
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === 'Enter') openRow(event.currentTarget, onOpen && (() => onOpen(row)));
        if (event.key === 'ArrowDown') focusRow(event, event.currentTarget.nextElementSibling);
        if (event.key === 'ArrowUp') focusRow(event, event.currentTarget.previousElementSibling);
      }}
      className={selected === keyOf(row) ? 'is-selected' : undefined}
      onClick={(event) => {
        const isControl = event.target instanceof Element && event.target.closest('a,button,input,label') !== null;
        if (onOpen && !isControl && getSelection()?.isCollapsed !== false) onOpen(row);
      }}
    >
      {columns.map(({ id, render, align, isCut }) => (
        <td key={id} className={`${align ?? ''} ${isCut ? 'cut' : ''}`}>
          {render(row)}
        </td>
      ))}
    </tr>
  );
}

/** Rows without a drawer open by their first link. */
function openRow(line: HTMLTableRowElement, open: (() => void) | undefined): void {
  if (open) open();
  else line.querySelector<HTMLElement>('a, button.link')?.click();
}

function focusRow(event: KeyboardEvent, next: Element | null): void {
  if (!(next instanceof HTMLElement) || !('row' in next.dataset)) return;
  event.preventDefault();
  next.focus();
}

function Gap({ height, columns }: { readonly height: number; readonly columns: number }): ReactNode {
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function Skeletons({ columns }: { readonly columns: number }): ReactNode {
  return (
    <tbody>
      {Array.from({ length: SKELETONS }, (_, index) => (
        <tr key={index} aria-hidden>
          <td colSpan={columns}>
            <Skeleton active={false} title={false} paragraph={{ rows: 1, width: '100%' }} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}
