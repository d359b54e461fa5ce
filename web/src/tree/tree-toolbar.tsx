import {
  ChartGantt,
  ChevronDown,
  ChevronUp,
  Columns3,
  Flag,
  Layers,
  ListFilter,
  TextWrap,
  Timer,
  X,
} from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { FindField } from '../frame/find-field.tsx';
import { Glyph } from '../frame/glyph.tsx';
import { count } from '../text/quantity.ts';
import { clockOf, useZone } from '../text/time.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import type { ColumnChoice, GridColumns } from './grid-columns.ts';
import { columnNames } from './grid-columns.ts';
import { goToHit } from './tree-actions.ts';
import type { TreeView } from './use-tree-view.ts';

interface Props {
  readonly view: TreeView;
  readonly columns: GridColumns;
  readonly choice: ColumnChoice;
  readonly onChoice: (choice: ColumnChoice) => void;
  readonly wrap: boolean;
  readonly onWrap: () => void;
  readonly strip: boolean;
  readonly onStrip: () => void;
  readonly onAround: () => void;
  readonly findField: RefObject<HTMLInputElement | null>;
  readonly onBackToGrid: () => void;
}

export function TreeToolbar(props: Props) {
  const { view, columns, choice, onChoice, wrap, onWrap, strip, onStrip, onAround } = props;
  const { t } = useTranslation('tree');
  const { state, change, flagged, doubtful } = view;
  return (
    <div className="bar-t" data-region role="toolbar" aria-label={t('toolbar')}>
      <FindInTree {...props} />
      <button
        type="button"
        className="chip"
        aria-pressed={state.filter.flagged}
        aria-label={`${t('flagged')}, ${flagged.length}`}
        disabled={flagged.length === 0 && !state.filter.flagged}
        onClick={() =>
          change((before) => ({ filter: { ...before.filter, flagged: !before.filter.flagged } }))
        }
      >
        <Flag className="i" size={13} aria-hidden />
        <span>{t('flagged')}</span>
        <b>{count(flagged.length)}</b>
      </button>
      <button
        type="button"
        className="chip"
        aria-pressed={state.filter.doubtful}
        aria-label={`${t('doubtful')}, ${doubtful.length}`}
        disabled={doubtful.length === 0 && !state.filter.doubtful}
        onClick={() =>
          change((before) => ({ filter: { ...before.filter, doubtful: !before.filter.doubtful } }))
        }
      >
        <Glyph grade="ambiguous" />
        <span>{t('doubtful')}</span>
        <b>{count(doubtful.length)}</b>
      </button>
      <button
        type="button"
        className="chip"
        aria-pressed={state.foldAlike}
        aria-label={t('fold')}
        onClick={() => change((before) => ({ foldAlike: !before.foldAlike }))}
      >
        <Layers className="i" size={13} aria-hidden />
        <span>{t('fold')}</span>
      </button>
      {state.filter.time && <TimeChip view={view} />}
      <span className="grow" />
      <button
        type="button"
        className="chip ghost opt"
        aria-pressed={strip}
        title={t('strip')}
        aria-label={t('strip')}
        onClick={onStrip}
      >
        <ChartGantt className="i" size={14} aria-hidden />
        <span>{t('strip')}</span>
      </button>
      <button
        type="button"
        className="chip ghost"
        title={t('aroundTitle')}
        aria-label={t('around')}
        disabled={state.selected < 0}
        onClick={onAround}
      >
        <Timer className="i" size={14} aria-hidden />
        <span>{t('around')}</span>
      </button>
      <button
        type="button"
        className="chip ghost opt"
        aria-pressed={wrap}
        title={`${t('wrap')} (⇧W)`}
        aria-label={t('wrap')}
        onClick={onWrap}
      >
        <TextWrap className="i" size={14} aria-hidden />
        <span>{t('wrap')}</span>
      </button>
      <ColumnsMenu choice={choice} onChoice={onChoice} shown={columns.shown}>
        <Columns3 className="i" size={13} aria-hidden />
        <span>{t('columns')}</span>
        <b>
          {columns.shown.length}/{columnNames.length}
        </b>
      </ColumnsMenu>
    </div>
  );
}

function TimeChip({ view }: { readonly view: TreeView }) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const { axis, change } = view;
  return (
    <button
      type="button"
      className="chip"
      aria-pressed="true"
      title={t('axisClear')}
      onClick={() => change((before) => ({ filter: { ...before.filter, time: undefined } }))}
    >
      <span className="num keep">
        {clockOf(axis.from, zone)} – {clockOf(axis.to, zone)}
      </span>
      <X className="i" size={12} aria-hidden />
    </button>
  );
}

function FindInTree({ view, findField, onBackToGrid }: Props) {
  const { t } = useTranslation('tree');
  const { state, hits, change, finding, loaded } = view;
  const total = hits?.length ?? 0;
  const said =
    state.find === ''
      ? ''
      : hits === undefined || (finding && total === 0)
        ? '…'
        : total === 0
          ? t('findNone', { count: loaded.columns.size })
          : state.hit >= 0
            ? t('findPlace', { place: state.hit + 1, total: count(total) })
            : t('findTotal', { count: total });
  return (
    <FindField
      label={t('find')}
      placeholder={t('findPlaceholder')}
      ref={findField}
      value={state.find}
      onChange={(event) =>
        change({ find: event.target.value, hit: -1, ...(event.target.value === '' && { onlyHits: false }) })
      }
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          goToHit(view, event.shiftKey ? -1 : 1);
        } else if (event.key === 'Escape') {
          event.preventDefault();
          if (state.find === '') onBackToGrid();
          else change({ find: '', hit: -1, onlyHits: false });
        } else if (event.key === 'ArrowDown') {
          event.preventDefault();
          onBackToGrid();
        }
      }}
    >
      <span className="cnt num" aria-live="polite">
        {said}
      </span>
      {state.find !== '' && (
        <button
          type="button"
          className="tb sq xs"
          aria-pressed={state.onlyHits}
          aria-label={t('onlyHits')}
          title={t('onlyHits')}
          disabled={total === 0}
          onClick={() => change((before) => ({ onlyHits: !before.onlyHits }))}
        >
          <ListFilter size={13} aria-hidden />
        </button>
      )}
      <button
        type="button"
        className="tb sq xs"
        aria-label={t('findPrevious')}
        title="⇧F3"
        disabled={total === 0}
        onClick={() => goToHit(view, -1)}
      >
        <ChevronUp size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="tb sq xs"
        aria-label={t('findNext')}
        title="F3"
        disabled={total === 0}
        onClick={() => goToHit(view, 1)}
      >
        <ChevronDown size={14} aria-hidden />
      </button>
    </FindField>
  );
}
