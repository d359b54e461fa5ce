import { Popover } from '@base-ui/react/popover';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark, Stretch } from '../../../src/server/contracts/coverage.ts';
import type { ReasonMessage } from '../../../src/server/contracts/reason.ts';
import { useReasonText } from '../process/reason-text.ts';
import { clockOf, readMoment, useZone } from '../text/time.ts';
import { shareAt, type TimeSpan } from '../tree/model/time-axis.ts';
import { StretchPopover } from './stretch-popover.tsx';
import { stripGradient } from './strip-gradient.ts';

interface Props {
  readonly host: string;
  /** The class of events; empty for a whole host. */
  readonly name: string;
  readonly parts: readonly number[];
  readonly stretches: readonly Stretch[];
  readonly marks: readonly Mark[];
  readonly span: TimeSpan;
  readonly asof: string | undefined;
  readonly tall?: boolean;
  /** Why nothing was collected at all, where that is so. */
  readonly whole?: readonly ReasonMessage[] | undefined;
}

const classes: Readonly<Record<Stretch['kind'], string>> = {
  gap: 'gap',
  'gaps-not-listed': 'gap',
  dropped: 'drop',
  cleared: 'gap',
  stopped: 'gap',
  'reports-not-read': 'drop',
  'before-log': 'gap',
  'after-log': 'gap',
  'other-configuration': 'gap',
  'not-collected': 'nc',
  settling: 'late',
};

/** Events over time. What is hatched opens its reasons: by a press at its place, or by the arrow keys. */
export function HeatStrip({ host, name, parts, stretches, marks, span, asof, tall = false, whole }: Props) {
  const { t } = useTranslation('coverage');
  const reason = useReasonText();
  const zone = useZone();
  const box = useRef<HTMLButtonElement>(null);
  const [chosen, setChosen] = useState(0);
  const [open, setOpen] = useState(false);
  const all: readonly Stretch[] = whole ? [nothingCollected(whole)] : stretches;
  const places = all.map((stretch) => ({
    stretch,
    left: stretch.from === null ? 0 : shareAt(span, readMoment(stretch.from)),
    right: stretch.to === null ? 1 : shareAt(span, readMoment(stretch.to)),
  }));
  const shown = places.filter(({ left, right }) => right > left || (left > 0 && left < 1));
  const current = shown[Math.min(chosen, shown.length - 1)];
  const strip = (
    <span className={tall ? 'strip tall' : 'strip'} style={{ backgroundImage: stripGradient(parts) }}>
      {shown.map(({ stretch, left, right }, at) => (
        <i
          key={`${stretch.kind} ${stretch.from} ${stretch.to} ${stretch.eventId}`}
          className={`${classes[stretch.kind]}${open && at === chosen ? ' selx' : ''}`}
          style={{ left: `${left * 100}%`, width: `max(4px, ${(right - left) * 100}%)` }}
          title={reason(stretch.reason)}
        />
      ))}
      {marks
        .filter((mark) => mark.kind === 'cleared' && mark.time !== null)
        .map((mark) => (
          <b
            key={mark.eventId}
            style={{ left: `${shareAt(span, readMoment(mark.time) ?? 0) * 100}%` }}
            title={t('clearedAt', { time: clockOf(readMoment(mark.time) ?? 0, zone) })}
          />
        ))}
    </span>
  );
  if (current === undefined) return strip;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <button
        type="button"
        className="stripbtn"
        ref={box}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={t('stripLabel', { count: shown.length, reason: reason(current.stretch.reason) })}
        onClick={(event) => {
          const bounds = event.currentTarget.getBoundingClientRect();
          if (event.detail > 0) {
            const at = nearest(shown, (event.clientX - bounds.left) / bounds.width);
            setOpen(!(open && at === chosen));
            setChosen(at);
          } else setOpen(!open);
        }}
        onKeyDown={(event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          setChosen((chosen + step + shown.length) % shown.length);
          setOpen(true);
        }}
      >
        {strip}
      </button>
      <Popover.Portal>
        <Popover.Positioner
          sideOffset={8}
          className="positioner"
          collisionPadding={12}
          anchor={() =>
            box.current?.querySelectorAll('.strip > i')[Math.min(chosen, shown.length - 1)] ?? null
          }
        >
          <Popover.Popup className="popover covpop" aria-label={t('reasonsOf')} initialFocus={false}>
            <Popover.Arrow className="covarrow" />
            <StretchPopover host={host} name={name} stretch={current.stretch} asof={asof} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function nothingCollected(reasons: readonly ReasonMessage[]): Stretch {
  const reason = reasons[0] ?? { code: 'not-collected', text: '' };
  return { kind: 'not-collected', from: null, to: null, count: null, reason, eventId: null };
}

/** The stretch at a share of the axis, or the nearest to it. */
function nearest(
  places: readonly { readonly left: number; readonly right: number }[],
  share: number,
): number {
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (const [at, { left, right }] of places.entries()) {
    const away = share < left ? left - share : share > right ? share - right : 0;
    if (away < distance || (away === distance && away === 0)) {
      distance = away;
      best = at;
    }
  }
  return best;
}
