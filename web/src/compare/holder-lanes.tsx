import { useTranslation } from 'react-i18next';
import type { Comparison, MovedLink, PidHolders } from '../../../src/server/contracts/compare.ts';
import type { ProcessBrief } from '../../../src/server/contracts/process.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, readMoment, useZone, zoneOffset } from '../text/time.ts';
import { axisTicks, shareAt, type TimeSpan } from '../tree/model/time-axis.ts';

interface Props {
  readonly comparison: Comparison;
  readonly moved: MovedLink | undefined;
}

/** Children with a label; the others are stems only. */
const mostLabels = 3;

/** Who bore a process id, and when the children that name it started: the whole argument in one picture. */
export function HolderLanes({ comparison, moved }: Props) {
  const { t } = useTranslation('compare');
  const pid = moved?.parent?.pid ?? moved?.naiveParent?.pid ?? comparison.holders[0]?.pid;
  const holders =
    comparison.holders.find((each) => each.pid === pid) ??
    comparison.holders.find((each) => each.pid === moved?.naiveParent?.pid) ??
    comparison.holders[0];
  if (!holders)
    return (
      <section>
        <h2>{t('holdersNone')}</h2>
        <p>{comparison.moved.length === 0 ? t('holdersNoneHint') : t('holdersUnseen')}</p>
      </section>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
    <section aria-labelledby="cmp-lane" tabIndex={0}>
      <h2 id="cmp-lane">{t('holdersHead', { pid: holders.pid })}</h2>
      <p>
        {t('holdersSub', { count: holders.holders.length + holders.holdersLeftOut })}
        {holders.holders.length > 1 && ` ${t('holdersLast')}`}
      </p>
      <Lane holders={holders} moved={moved} />
      <p className="lanerule">{t('rule')}</p>
    </section>
  );
}

function Lane({ holders, moved }: { readonly holders: PidHolders; readonly moved: MovedLink | undefined }) {
  const { t } = useTranslation('compare');
  const zone = useZone();
  const about = nearby(holders, moved);
  const span = spanOf(about);
  const labelled = new Set(
    [...about.children]
      .sort(
        (one, other) =>
          Number(other.process.id === moved?.process.id) - Number(one.process.id === moved?.process.id),
      )
      .slice(0, mostLabels)
      .map((child) => child.process.id),
  );
  let level = 0;
  return (
    <div className="lane">
      {about.children.map((child) => {
        const start = readMoment(child.process.start);
        if (start === undefined) return null;
        const left = shareAt(span, start) * 100;
        const isLabelled = labelled.has(child.process.id);
        if (isLabelled) level += 1;
        const top = isLabelled ? 4 + ((level - 1) % 3) * 17 : 44;
        return (
          <span key={child.process.id}>
            <span className="st" style={{ left: `${left}%`, top, height: 58 - top }} />
            {isLabelled && (
              <span
                className="lb"
                style={left > 55 ? { right: `${100 - left + 1}%`, top } : { left: `${left + 1}%`, top }}
              >
                <b>
                  <RecordedText text={child.process.name} />
                </b>{' '}
                {t('startsAt', { time: clockOf(start, zone) })}
              </span>
            )}
          </span>
        );
      })}
      {about.holders.map((holder, at) => (
        <HolderBar
          key={holder.id}
          holder={holder}
          next={about.holders[at + 1]}
          span={span}
          isRight={holder.id === moved?.parent?.id}
        />
      ))}
      <div className="ax num">
        {axisTicks(span, 6, zoneOffset(span.from, zone) * 60_000).map((tick) => (
          <i key={tick.time} style={{ left: `${tick.at * 100}%` }}>
            {clockOf(tick.time, zone, span.to - span.from < 300_000 ? 'seconds' : 'minutes')}
          </i>
        ))}
      </div>
    </div>
  );
}

interface BarProps {
  readonly holder: ProcessBrief;
  readonly next: ProcessBrief | undefined;
  readonly span: TimeSpan;
  readonly isRight: boolean;
}

function HolderBar({ holder, next, span, isRight }: BarProps) {
  const { t } = useTranslation('compare');
  const zone = useZone();
  const start = readMoment(holder.start) ?? span.from;
  const end = readMoment(holder.end);
  const until = end ?? readMoment(next?.start) ?? span.to;
  const left = shareAt(span, start) * 100;
  const right = shareAt(span, until) * 100;
  const width = Math.max(right - left, 0.6);
  const ended = end === undefined ? t('noExit') : t('exitAt', { time: clockOf(end, zone) });
  return (
    <>
      <span
        className={`pb ${isRight ? 'a' : 'b'}${end === undefined ? ' openend' : ''}`}
        style={{ left: `${left}%`, width: `${width}%` }}
        title={`${holder.name} ${clockOf(start, zone)}, ${ended}`}
      >
        {width > 12 && <RecordedText text={holder.name} />}
      </span>
      <span
        className="lb num"
        style={
          left > 72
            ? { right: `${Math.max(0, 100 - Math.max(right, left + 1))}%`, top: 86 }
            : { left: `${left}%`, top: 86, maxWidth: next ? `${Math.max(width, 14)}%` : undefined }
        }
      >
        {width <= 12 && (
          <>
            <b>
              <RecordedText text={holder.name} />
            </b>{' '}
          </>
        )}
        {clockOf(start, zone)}, {ended}
      </span>
    </>
  );
}

/** Where an id was given out many times, the holders around the link that is looked at. */
function nearby(holders: PidHolders, moved: MovedLink | undefined): PidHolders {
  const wanted = new Set([moved?.parent?.id, moved?.naiveParent?.id]);
  const places = holders.holders.flatMap((holder, at) => (wanted.has(holder.id) ? [at] : []));
  const first = places.length === 0 ? 0 : Math.min(...places);
  const last = places.length === 0 ? Math.min(3, holders.holders.length - 1) : Math.max(...places);
  const list =
    last - first > 4
      ? [holders.holders[first], holders.holders[last]].filter((each) => each !== undefined)
      : holders.holders.slice(first, last + 1);
  const ids = new Set(list.map((each) => each.id));
  const children = holders.children.filter(
    (child) => ids.has(child.parent) || (child.naiveParent !== null && ids.has(child.naiveParent)),
  );
  return { ...holders, holders: list, children: children.slice(0, 60) };
}

function spanOf({ holders, children }: PidHolders): TimeSpan {
  const moments = [
    ...holders.flatMap((holder) => [readMoment(holder.start), readMoment(holder.end)]),
    ...children.map((child) => readMoment(child.process.start)),
  ].filter((moment) => moment !== undefined);
  if (moments.length === 0) return { from: 0, to: 1 };
  const from = Math.min(...moments);
  const to = Math.max(...moments);
  const room = Math.max(1000, (to - from) * 0.12);
  return { from: from - room / 2, to: to + room };
}
