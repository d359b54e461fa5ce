import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowDown, ArrowUp, Clipboard, CornerDownRight, Equal, Plus } from 'lucide-react';
import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '../../../src/server/contracts/compare.ts';
import { KeyHints } from '../frame/key-hints.tsx';
import { type KeyGroup, useHotkey, useKeyGroup } from '../frame/keys.ts';
import { copyText } from '../text/clipboard.ts';
import { count } from '../text/quantity.ts';
import { useZone } from '../text/time.ts';
import { thenOf } from '../tree/then-moment.ts';
import { CompareHead } from './compare-head.tsx';
import type { CompareLink } from './compare-link.ts';
import { compareSelection, comparisonQuery } from './compare-queries.ts';
import { CompareWaiting } from './compare-waiting.tsx';
import { HolderLanes } from './holder-lanes.tsx';
import { MovedList, movedText } from './moved-list.tsx';
import { SideBySide } from './side-by-side.tsx';

/** The tree that process ids alone give, beside the right one; what moved and why. */
export function NaiveComparison({ link }: { readonly link: CompareLink }) {
  const { t } = useTranslation('compare');
  const zone = useZone();
  const selection = useMemo(() => compareSelection(link), [link]);
  const method = link.method ?? 'holder';
  const query = useQuery(comparisonQuery(selection, method, link.asof, zone));
  const { data } = query;
  return (
    <div className="cmppage">
      <CompareHead link={link} subject={data ? subjectOf(data) : ''} then={data ? thenOf(data.right) : ''}>
        <button
          type="button"
          className="btn"
          aria-label={t('copyText')}
          disabled={!data}
          onClick={() => data && void copyText(data.moved.map(movedText).join('\n'))}
        >
          <Clipboard size={14} aria-hidden />
          <span>{t('copyText')}</span>
        </button>
      </CompareHead>
      {data ? (
        <Compared link={link} comparison={data} />
      ) : (
        <CompareWaiting query={query} host={link.host ?? ''} />
      )}
    </div>
  );
}

function Compared({ link, comparison }: { readonly link: CompareLink; readonly comparison: Comparison }) {
  const { t } = useTranslation('compare');
  const navigate = useNavigate();
  const { counts, moved } = comparison;
  const nth = Math.min(Math.max(0, (link.nth ?? 1) - 1), Math.max(0, moved.length - 1));
  const scrollTo = useRef<(nth: number) => void>(() => {});
  const go = useCallback(
    (step: number) => {
      if (moved.length === 0) return;
      const next = (nth + step + moved.length) % moved.length;
      scrollTo.current(next);
      void navigate({ to: '/compare', search: { ...link, nth: next + 1 }, replace: true });
    },
    [moved.length, nth, link, navigate],
  );
  useHotkey(
    'Shift+N',
    useCallback(() => go(1), [go]),
  );
  useHotkey(
    'Shift+P',
    useCallback(() => go(-1), [go]),
  );
  useKeyGroup(
    useMemo<KeyGroup>(
      () => ({
        title: t('title'),
        lines: [
          { keys: ['⇧', 'N'], does: t('keyNext') },
          { keys: ['⇧', 'P'], does: t('keyPrevious') },
        ],
      }),
      [t],
    ),
  );
  const movedCount = counts.moved + counts.invented + counts.cut;
  return (
    <>
      <div className="facts">
        <div className="fact">
          <span className="dl mv">
            <CornerDownRight className="i" size={13} aria-hidden />
            <b>{count(movedCount)}</b> {t('linksMoved', { count: movedCount })}
          </span>
          <span className="dl nw">
            <Plus className="i" size={13} aria-hidden />
            <b>{count(counts.notOnLeft)}</b> {t('notOnLeft', { count: counts.notOnLeft })}
          </span>
          <span className="dl">
            <Equal className="i" size={13} aria-hidden />
            <b>{count(counts.same)}</b> {t('same')}
          </span>
        </div>
        <div className="fact">
          <span className="v">
            {moved.length === 0
              ? t('agree', { processes: count(comparison.right.size), links: count(counts.same) })
              : counts.parentAfterChild > 0
                ? t('parentAfterChild', { count: counts.parentAfterChild })
                : t('methodHint')}
          </span>
        </div>
        <div className="fact last">
          <label className="methodpick">
            <span>{t('method')}</span>
            <select
              className="field"
              value={comparison.method}
              onChange={(event) =>
                void navigate({
                  to: '/compare',
                  search: { ...link, method: event.target.value as Comparison['method'] },
                  replace: true,
                })
              }
            >
              <option value="holder">{t('methodHolder')}</option>
              <option value="latest">{t('methodLatest')}</option>
              <option value="first">{t('methodFirst')}</option>
            </select>
          </label>
          {moved.length > 0 && (
            <>
              <button
                type="button"
                className="gc"
                aria-label={t('previous')}
                title="⇧P"
                onClick={() => go(-1)}
              >
                <ArrowUp className="i" size={14} aria-hidden />
              </button>
              <span className="v num" aria-live="polite">
                {t('place', { place: nth + 1, count: moved.length })}
              </span>
              <button type="button" className="gc" aria-label={t('next')} title="⇧N" onClick={() => go(1)}>
                <ArrowDown className="i" size={14} aria-hidden />
              </button>
            </>
          )}
        </div>
      </div>
      <div className="cmpwork">
        <SideBySide comparison={comparison} nth={nth} scrollTo={scrollTo} />
        <div className="why2">
          <HolderLanes comparison={comparison} moved={moved[nth]} />
          <MovedList comparison={comparison} nth={nth} onChoose={(at) => go(at - nth)} />
        </div>
      </div>
      <footer className="foot">
        <span className="say1">
          <span>{t('footRight', { count: comparison.right.size })}</span>
          <span className="vr" />
          <span>{t('footLeft', { count: comparison.left.size })}</span>
          {comparison.movedLeftOut > 0 && (
            <>
              <span className="vr" />
              <span>{t('footMovedMore', { count: comparison.movedLeftOut })}</span>
            </>
          )}
          <span className="vr" />
          <span>{t('footNothingCut')}</span>
        </span>
        <KeyHints
          hints={[
            { keys: ['⇧ N'], does: t('keyNext') },
            { keys: ['⇧ P'], does: t('keyPrevious') },
            { keys: ['?'], does: t('keyAll') },
          ]}
        />
      </footer>
    </>
  );
}

function subjectOf({ right }: Comparison): string {
  const first = right.matched[0];
  if (right.selection.kind === 'all' || first === undefined) return '';
  const name = right.names[right.columns.name[first] ?? -1] ?? '';
  const pid = right.columns.pid[first] ?? -1;
  return `${name}${pid < 0 ? '' : ` (${pid})`}`;
}
