import { Popover } from '@base-ui/react/popover';
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

/** Events over time; what is hatched opens its reasons. */
export function HeatStrip({ host, name, parts, stretches, marks, span, asof, tall = false, whole }: Props) {
  const { t } = useTranslation('coverage');
  const reason = useReasonText();
  const zone = useZone();
  const all: readonly Stretch[] = whole
    ? [
        {
          kind: 'not-collected',
          from: null,
          to: null,
          count: null,
          reason: whole[0] ?? { code: 'not-collected', text: '' },
          eventId: null,
        },
      ]
    : stretches;
  return (
    <span className={tall ? 'strip tall' : 'strip'} style={{ backgroundImage: stripGradient(parts) }}>
      {all.map((stretch) => {
        const left = stretch.from === null ? 0 : shareAt(span, readMoment(stretch.from));
        const right = stretch.to === null ? 1 : shareAt(span, readMoment(stretch.to));
        if (right <= left && !(left > 0 && left < 1)) return null;
        const style = { left: `${left * 100}%`, width: `max(4px, ${(right - left) * 100}%)` };
        const key = `${stretch.kind} ${stretch.from} ${stretch.to} ${stretch.eventId}`;
        return (
          <Popover.Root key={key}>
            <Popover.Trigger
              className={classes[stretch.kind]}
              style={style}
              title={reason(stretch.reason)}
              aria-label={`${t('reasonsOf')}: ${reason(stretch.reason)}`}
              tabIndex={name === '' ? -1 : 0}
            />
            <Popover.Portal>
              <Popover.Positioner sideOffset={8} className="positioner" collisionPadding={12}>
                <Popover.Popup className="popover covpop">
                  <Popover.Arrow className="covarrow" />
                  <StretchPopover host={host} name={name} stretch={stretch} asof={asof} />
                </Popover.Popup>
              </Popover.Positioner>
            </Popover.Portal>
          </Popover.Root>
        );
      })}
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
}
