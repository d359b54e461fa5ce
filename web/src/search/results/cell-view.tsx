import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultCell, ResultColumn } from '../../../../src/server/contracts/search.ts';
import { count } from '../../text/quantity.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { dateClockOf, readMoment } from '../../text/time.ts';
import { isPstree, pstreeLine } from './pstree-line.ts';

/** A process that is named by a label of pstree. */
export interface LabelledProcess {
  readonly pid: number;
  /** As the search wrote it, in a zone that it does not say. */
  readonly time: string | undefined;
}

interface Props {
  readonly cell: ResultCell;
  readonly column: ResultColumn;
  readonly zone: string;
  /** Whether a cell of several values shows them all. */
  readonly whole: boolean;
  /** Whether long lines are broken; where not, they keep what was searched for in sight. */
  readonly wrap: boolean;
  readonly hit: string;
  readonly onLabel: (process: LabelledProcess) => void;
}

/** Lines of one cell before a button offers the rest. */
const firstLines = 300;

export const CellView = memo(function CellView({ cell, column, zone, whole, wrap, hit, onLabel }: Props) {
  if (cell === null) return null;
  if (Array.isArray(cell)) {
    if (!whole) return <ManyInLine values={cell} hit={hit} />;
    return isPstree(cell) ? (
      <Drawing lines={cell} wrap={wrap} hit={hit} onLabel={onLabel} />
    ) : (
      <Lines values={cell} hit={hit} />
    );
  }
  if (column.type === 'time' && typeof cell === 'string') {
    const moment = readMoment(cell);
    if (!Number.isNaN(moment))
      return (
        <time className="num" dateTime={cell} title={cell}>
          {dateClockOf(moment, zone, 'milliseconds')}
        </time>
      );
  }
  if (typeof cell === 'number') return <span className="num">{String(cell)}</span>;
  return <RecordedText text={cell} hit={hit} />;
});

function ManyInLine({ values, hit }: { readonly values: readonly string[]; readonly hit: string }) {
  const { t } = useTranslation('search');
  return (
    <>
      <RecordedText text={values[0] ?? ''} hit={hit} />
      {values.length > 1 && (
        <span className="pill more" title={t('moreValues', { count: values.length - 1 })}>
          +{count(values.length - 1)}
        </span>
      )}
    </>
  );
}

function useShownLines(lines: readonly string[]): readonly [readonly string[], number, () => void] {
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, firstLines);
  return [shown, lines.length - shown.length, () => setAll(true)];
}

function Rest({ left, onAll }: { readonly left: number; readonly onAll: () => void }) {
  const { t } = useTranslation('search');
  if (left === 0) return null;
  return (
    <li>
      <button type="button" className="lnk" onClick={onAll}>
        {t('showLines', { count: left })}
      </button>
    </li>
  );
}

function Lines({ values, hit }: { readonly values: readonly string[]; readonly hit: string }) {
  const [shown, left, showAll] = useShownLines(values);
  return (
    <ol className="mv">
      {shown.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the values of a cell never move
        <li key={at}>
          <RecordedText text={value} hit={hit} />
        </li>
      ))}
      <Rest left={left} onAll={showAll} />
    </ol>
  );
}

function Drawing({
  lines,
  wrap,
  hit,
  onLabel,
}: {
  readonly lines: readonly string[];
  readonly wrap: boolean;
  readonly hit: string;
  readonly onLabel: (process: LabelledProcess) => void;
}) {
  const [shown, left, showAll] = useShownLines(lines);
  return (
    <ol className="pst">
      {shown.map((line, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a drawing never move
          key={at}
          className={hitIn(line, hit) ? 'on' : undefined}
        >
          <DrawingLine line={line} wrap={wrap} hit={hit} onLabel={onLabel} />
        </li>
      ))}
      <Rest left={left} onAll={showAll} />
    </ol>
  );
}

function hitIn(text: string, hit: string): boolean {
  return hit !== '' && text.toLowerCase().includes(hit.toLowerCase());
}

function DrawingLine({
  line,
  wrap,
  hit,
  onLabel,
}: {
  readonly line: string;
  readonly wrap: boolean;
  readonly hit: string;
  readonly onLabel: (process: LabelledProcess) => void;
}) {
  const { t } = useTranslation('search');
  const parts = pstreeLine(line);
  if (!parts) return <RecordedText text={line} hit={hit} most={4000} />;
  const { pid, time } = parts;
  const rest = time === undefined ? parts.detail : parts.detail.slice(time.length);
  return (
    <>
      <span className="tp">{parts.guide}</span>
      {pid === undefined ? (
        <RecordedText text={parts.label} hit={hit} />
      ) : (
        <button
          type="button"
          className="label"
          tabIndex={-1}
          title={t('showInTree')}
          onClick={() => onLabel({ pid, time })}
        >
          <RecordedText text={parts.label} hit={hit} />
        </button>
      )}
      <span>{parts.gap}</span>
      {time !== undefined && <span className="td">{time}</span>}
      <RecordedText text={rest} hit={hit} most={wrap ? 20_000 : hitIn(rest, hit) ? 90 : 2000} />
    </>
  );
}
