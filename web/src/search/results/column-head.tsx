import { ArrowDown, ArrowUp } from 'lucide-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultColumn } from '../../../../src/server/contracts/search.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { narrowest } from './column-widths.ts';

interface Props {
  readonly column: ResultColumn;
  readonly at: number;
  readonly width: number;
  readonly order: 'ascending' | 'descending' | undefined;
  readonly sortable: boolean;
  readonly onSort: () => void;
  readonly onWidth: (width: number) => void;
}

export function ColumnHead({ column, at, width, order, sortable, onSort, onWidth }: Props) {
  const { t } = useTranslation('search');
  const drag = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    const handle = event.currentTarget;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void =>
      onWidth(Math.max(narrowest, width + moved.clientX - from));
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -16 : event.key === 'ArrowRight' ? 16 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onWidth(Math.max(narrowest, width + step));
  };
  return (
    <div
      role="columnheader"
      aria-colindex={at + 2}
      aria-sort={order ?? 'none'}
      className={column.type === 'number' ? 'th right' : 'th'}
      tabIndex={-1}
    >
      <button
        type="button"
        disabled={!sortable}
        onClick={onSort}
        title={t('sortBy', { column: column.name })}
      >
        <RecordedText text={column.name} most={80} />
        {order === 'ascending' && <ArrowUp size={11} aria-hidden />}
        {order === 'descending' && <ArrowDown size={11} aria-hidden />}
      </button>
      <span
        className="resize"
        role="separator"
        aria-orientation="vertical"
        aria-label={t('widthOf', { column: column.name })}
        aria-valuenow={Math.round(width)}
        aria-valuemin={narrowest}
        aria-valuemax={1400}
        tabIndex={0}
        onPointerDown={drag}
        onKeyDown={onKey}
      />
    </div>
  );
}
