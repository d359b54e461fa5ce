import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Clipboard, EqualNot, Hourglass, Minus, Plus } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Difference, DifferenceRow } from '../../../src/server/contracts/compare.ts';
import { KeyHints } from '../frame/key-hints.tsx';
import { type KeyGroup, useHotkey, useKeyGroup } from '../frame/keys.ts';
import { copyText } from '../text/clipboard.ts';
import { durationText } from '../text/duration.ts';
import { count } from '../text/quantity.ts';
import { clockOf, readMoment, useZone } from '../text/time.ts';
import { useSettled } from '../tree/use-tree-view.ts';
import { CompareHead } from './compare-head.tsx';
import type { CompareLink } from './compare-link.ts';
import { compareSelection, differenceQuery } from './compare-queries.ts';
import { CompareWaiting } from './compare-waiting.tsx';
import { momentText, nowOf } from './moments.ts';
import { Scrubber } from './scrubber.tsx';
import { ThenRows } from './then-rows.tsx';

/** What arrived between two moments, and what it changed. */
export function ThenComparison({ link }: { readonly link: CompareLink }) {
  const { t } = useTranslation('compare');
  const zone = useZone();
  const navigate = useNavigate();
  const selection = useMemo(() => compareSelection(link), [link]);
  const [from, setFrom] = useState(link.from ?? '');
  const [onlyChanged, setOnlyChanged] = useState(false);
  const settled = useSettled(from, 150);
  const asked = settled === '' ? undefined : settled;
  const query = useQuery(differenceQuery(selection, asked, link.to, onlyChanged ? 'changed' : 'all', zone));
  const { data } = query;
  const move = useCallback(
    (moment: number) => {
      const text = new Date(moment).toISOString();
      setFrom(text);
      void navigate({ to: '/compare', search: { ...link, from: text }, replace: true });
    },
    [navigate, link],
  );
  const subject = data?.rows.find((row) => row.after !== null || row.before !== null);
  return (
    <div className="cmppage then">
      <CompareHead link={link} subject={subject ? titleOf(subject, link) : ''} then={data?.from ?? ''}>
        <button
          type="button"
          className="btn"
          aria-label={t('copyText')}
          disabled={!data}
          onClick={() =>
            data &&
            void copyText(
              data.rows
                .filter((row) => row.changes.length > 0)
                .map(rowText)
                .join('\n'),
            )
          }
        >
          <Clipboard size={14} aria-hidden />
          <span>{t('copyText')}</span>
        </button>
      </CompareHead>
      {data ? (
        <Different
          difference={data}
          from={readMoment(from === '' ? data.from : from) ?? 0}
          onMove={move}
          onlyChanged={onlyChanged}
          onOnlyChanged={() => setOnlyChanged(!onlyChanged)}
        />
      ) : (
        <CompareWaiting query={query} host={link.host ?? ''} />
      )}
    </div>
  );
}

interface DifferentProps {
  readonly difference: Difference;
  readonly from: number;
  readonly onMove: (moment: number) => void;
  readonly onlyChanged: boolean;
  readonly onOnlyChanged: () => void;
}

function Different({ difference, from, onMove, onlyChanged, onOnlyChanged }: DifferentProps) {
  const { t } = useTranslation('compare');
  const zone = useZone();
  const { summary, settling } = difference;
  const changed = summary.changed + summary.relinked + summary.regraded;
  const [place, setPlace] = useState(-1);
  const scrollTo = useRef<(row: number) => void>(() => {});
  const differing = useMemo(
    () => difference.rows.flatMap((row, at) => (row.changes.length > 0 ? [at] : [])),
    [difference.rows],
  );
  const step = useCallback(
    (by: number) => {
      if (differing.length === 0) return;
      const next = (place + by + differing.length) % differing.length;
      setPlace(next);
      scrollTo.current(differing[next] ?? 0);
    },
    [place, differing],
  );
  const bucket = difference.arrivals.bucketSeconds * 1000;
  useHotkey(
    'Shift+N',
    useCallback(() => step(1), [step]),
  );
  useHotkey(
    'Shift+P',
    useCallback(() => step(-1), [step]),
  );
  useHotkey(
    '[',
    useCallback(() => onMove(from - bucket), [from, bucket, onMove]),
  );
  useHotkey(
    ']',
    useCallback(() => onMove(from + bucket), [from, bucket, onMove]),
  );
  useKeyGroup(
    useMemo<KeyGroup>(
      () => ({
        title: t('thenTab'),
        lines: [
          { keys: ['[', ']'], either: true, does: t('keyThen') },
          { keys: ['⇧', 'N'], does: t('keyNext') },
          { keys: ['⇧', 'P'], does: t('keyPrevious') },
        ],
      }),
      [t],
    ),
  );
  const now = nowOf(difference);
  const thenClock = momentText(from, now, zone);
  return (
    <>
      <div className="facts">
        <div className="fact">
          <span className="dl nw">
            <Plus className="i" size={13} aria-hidden />
            <b>{count(summary.added)}</b> {t('added', { count: summary.added })}
            {summary.addedFlagged > 0 && <>, {t('addedFlagged', { count: summary.addedFlagged })}</>}
          </span>
          <span className="dl mv">
            <EqualNot className="i" size={13} aria-hidden />
            <b>{count(changed)}</b> {t('changed')}
          </span>
          <span className="dl">
            <Minus className="i" size={13} aria-hidden />
            <b>{count(summary.removed)}</b> {t('removed')}
          </span>
        </div>
        <div className="fact">
          <span className="v">
            {summary.added + summary.removed + changed === 0
              ? t('thenNothing')
              : t('thenShare', {
                  before: count(summary.before),
                  after: count(summary.after),
                  time: thenClock,
                })}
          </span>
        </div>
        <div className="fact">
          <button type="button" className="gc" aria-pressed={onlyChanged} onClick={onOnlyChanged}>
            {t('onlyChanged')}
          </button>
        </div>
        {settling.is && (
          <div className="fact settle last">
            <span className="k warn">
              <Hourglass className="i" size={13} aria-hidden />
              {t('settling')}
            </span>
            {settling.lateness.kind === 'measured' && (
              <span className="v">{t('arriveWithin', { time: durationText(settling.lateness.p95) })}</span>
            )}
          </div>
        )}
      </div>
      <Scrubber difference={difference} from={from} onMove={onMove} />
      <ThenRows
        difference={difference}
        from={from}
        current={place < 0 ? -1 : (differing[place] ?? -1)}
        scrollTo={scrollTo}
      />
      <footer className="foot">
        <span className="say1">
          <span>
            <span className="hk" />
            {t('hatched', { time: thenClock })}
          </span>
          <span className="vr" />
          <span>{t('rowsAdded', { count: summary.added })}</span>
          {difference.rowsTotal > difference.rows.length && (
            <>
              <span className="vr" />
              <span>{t('rowsMore', { count: difference.rowsTotal - difference.rows.length })}</span>
            </>
          )}
          <span className="vr" />
          <span>
            {difference.rowsTotal > difference.rows.length
              ? t('thenNow', { time: clockOf(now, zone) })
              : t('footNothingCut')}
          </span>
        </span>
        <KeyHints
          hints={[
            { keys: ['[', ']'], does: t('keyThen') },
            { keys: ['⇧ N'], does: t('keyNext') },
            { keys: ['?'], does: t('keyAll') },
          ]}
        />
      </footer>
    </>
  );
}

function titleOf(row: DifferenceRow, link: CompareLink): string {
  if (link.match !== undefined) return link.match;
  const side = row.after ?? row.before;
  return link.pid !== undefined || link.id !== undefined ? `${side?.name ?? ''} (${side?.pid ?? '?'})` : '';
}

function rowText(row: DifferenceRow): string {
  const side = row.after ?? row.before;
  const grades =
    row.before && row.after && row.before.grade !== row.after.grade
      ? `  ${row.before.grade} -> ${row.after.grade}`
      : '';
  return `${row.changes.join(', ')}  ${side?.name ?? '?'} (${side?.pid ?? '?'})  arrived ${row.arrived ?? '?'}${grades}`;
}
