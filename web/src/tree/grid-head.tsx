import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { axisDay, clockOf, useZone, zoneOffset } from '../text/time.ts';
import { slotIcons, slotNames, slotWords } from './evidence-slots.tsx';
import type { ColumnName, GridColumns } from './grid-columns.ts';
import { axisTicks } from './model/time-axis.ts';
import type { TreeView } from './use-tree-view.ts';

interface Props {
  readonly view: TreeView;
  readonly columns: GridColumns;
}

export const columnWords = {
  process: 'columnProcess',
  start: 'columnStart',
  delta: 'columnDelta',
  lifetime: 'columnLifetime',
  user: 'columnUser',
  command: 'columnCommand',
  evidence: 'columnEvidence',
  flags: 'columnFlags',
} as const satisfies Record<ColumnName, string>;

const classes: Readonly<Record<ColumnName, string>> = {
  process: 'c-proc',
  start: 'c-start',
  delta: 'c-d',
  lifetime: 'c-life',
  user: 'c-user',
  command: 'c-cmd',
  evidence: 'c-ev',
  flags: 'c-flag',
};

/** The head of the treegrid. Dragging over the time axis narrows the tree to a time. */
export const GridHead = memo(function GridHead({ view, columns }: Props) {
  const { t } = useTranslation('tree');
  return (
    <div className="trow head" role="row" aria-rowindex={1}>
      {columns.shown.map((name) => (
        <div key={name} className={classes[name]} role="columnheader" aria-label={t(columnWords[name])}>
          {name === 'lifetime' ? (
            <LifetimeHead view={view} wide={columns.wide} />
          ) : name === 'evidence' ? (
            <EvidenceHead />
          ) : (
            t(columnWords[name])
          )}
        </div>
      ))}
    </div>
  );
});

function EvidenceHead() {
  const { t } = useTranslation('tree');
  return slotNames.map((name) => {
    const Icon = slotIcons[name];
    return (
      <i key={name} title={t(slotWords[name])}>
        <Icon className="i" size={13} aria-hidden />
      </i>
    );
  });
}

function LifetimeHead({ view, wide }: { readonly view: TreeView; readonly wide: boolean }) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const box = useRef<HTMLSpanElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | undefined>();
  const { axis, state, change, loaded } = view;
  const long = axis.to - axis.from > 2 * 86_400_000;
  const short = axis.to - axis.from < 120_000;
  const most = short ? 1 : wide ? 3 : 2;
  const ticks = axisTicks(axis, most, zoneOffset(axis.from, zone) * 60_000).filter(
    ({ at }) => at < (short ? 0.5 : wide ? 0.76 : 0.66),
  );
  const shareOf = (event: React.PointerEvent): number => {
    const bounds = box.current?.getBoundingClientRect();
    if (!bounds) return 0;
    return Math.min(1, Math.max(0, (event.clientX - bounds.left) / bounds.width));
  };
  const finish = () => {
    if (drag && Math.abs(drag.to - drag.from) > 0.03) {
      const at = (share: number) => axis.from + share * (axis.to - axis.from) - loaded.columns.origin;
      change((before) => ({
        filter: {
          ...before.filter,
          time: { from: at(Math.min(drag.from, drag.to)), to: at(Math.max(drag.from, drag.to)) },
        },
      }));
    }
    setDrag(undefined);
  };
  const clear = () => change((before) => ({ filter: { ...before.filter, time: undefined } }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut of the mouse; the column's head is what is read
    <span
      className="axis num"
      ref={box}
      title={state.filter.time ? t('axisClear') : t('axisDrag')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: shareOf(event), to: shareOf(event) });
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: shareOf(event) })}
      onPointerUp={finish}
      onDoubleClick={clear}
    >
      {ticks.map((tick) => (
        <i key={tick.time} style={{ left: `${(tick.at * 100).toFixed(2)}%` }}>
          {long
            ? axisDay(tick.time, zone, axis.to - axis.from)
            : clockOf(tick.time, zone, short ? 'seconds' : 'minutes')}
        </i>
      ))}
      {drag && (
        <span
          className="brush"
          style={{
            left: `${Math.min(drag.from, drag.to) * 100}%`,
            width: `${Math.abs(drag.to - drag.from) * 100}%`,
          }}
        />
      )}
    </span>
  );
}
