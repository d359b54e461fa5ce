import { Link } from '@tanstack/react-router';
import { ChevronDown, Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Glyph } from '../frame/glyph.tsx';
import { useReasonText } from '../process/reason-text.ts';
import { durationText } from '../text/duration.ts';
import { count } from '../text/quantity.ts';
import { clockOf, dateOf, readMoment, useZone, zoneLabel } from '../text/time.ts';
import { AsOfMenu } from './as-of-menu.tsx';
import { grades } from './model/tree-columns.ts';
import { gradeWord } from './tree-row.tsx';
import type { TreeView } from './use-tree-view.ts';

interface Props {
  readonly view: TreeView;
  readonly onAsOf: (moment: string | undefined) => void;
}

/** Four questions answered before the first row is read; each answer filters or leads on. */
export function FactsBar({ view, onAsOf }: Props) {
  const { t } = useTranslation('tree');
  const { facts, host } = view.loaded.tree;
  const { state, change } = view;
  const reason = useReasonText();
  const { coverage } = facts;
  return (
    <section className="facts" aria-label={t('facts')} aria-live="polite">
      <div className="fact">
        <span className="k">{t('links')}</span>
        {grades.map((grade, number) =>
          facts.grades[grade] === 0 && (grade === 'none' || grade === 'probable') ? null : (
            <button
              key={grade}
              type="button"
              className={`gc gl-${grade}`}
              aria-pressed={state.filter.grade === number}
              disabled={facts.grades[grade] === 0}
              onClick={() =>
                change((before) => ({
                  filter: { ...before.filter, grade: before.filter.grade === number ? undefined : number },
                }))
              }
            >
              <Glyph grade={grade} />
              <b>{count(facts.grades[grade])}</b> {t(gradeWord(grade))}
            </button>
          ),
        )}
      </div>
      <div className="fact">
        <span className="k">{t('coverage')}</span>
        <Link className="covm" to="/coverage" search={{ find: host, open: host }}>
          {coverage.of === 0 ? (
            t('coverageUnknown')
          ) : (
            <>
              <span className="cells" aria-hidden="true">
                {coverage.classes.map((each) => (
                  <i
                    key={each.class}
                    className={each.certain ? 'y' : each.answer === 'not-collected' ? 'n' : 'u'}
                    title={`${each.label}: ${each.reasons[0] ? reason(each.reasons[0]) : ''}`}
                  />
                ))}
              </span>
              <span>{t('coverageCertain', { certain: coverage.certain, of: coverage.of })}</span>
            </>
          )}
        </Link>
      </div>
      <div className="fact">
        <span className="k">{t('asOf')}</span>
        <AsOf view={view} onAsOf={onAsOf} />
      </div>
      <Settling view={view} />
    </section>
  );
}

function AsOf({ view, onAsOf }: Props) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const { tree } = view.loaded;
  const moment = readMoment(tree.asof) ?? readMoment(tree.arrived) ?? readMoment(tree.now) ?? 0;
  const today = dateOf(Date.now(), zone) === dateOf(moment, zone);
  const text = `${today ? '' : `${dateOf(moment, zone)} `}${clockOf(moment, zone)} ${zoneLabel(moment, zone).split(' ')[0]}`;
  return (
    <AsOfMenu tree={tree} onAsOf={onAsOf}>
      {tree.asof === null ? t('asOfLatest', { time: text }) : text}
      <ChevronDown className="i" size={12} aria-hidden />
    </AsOfMenu>
  );
}

function Settling({ view }: { readonly view: TreeView }) {
  const { t } = useTranslation('tree');
  const { settling } = view.loaded.tree.facts;
  const { lateness } = settling;
  const measured =
    lateness.kind === 'measured'
      ? t(settling.is ? 'lateness95' : 'lateness99', {
          time: durationText(settling.is ? lateness.p95 : lateness.p99),
        })
      : lateness.kind === 'at-once'
        ? t('latenessAtOnce')
        : t('latenessUnknown');
  return (
    <div className="fact settle">
      <span className={settling.is ? 'k warn' : 'k'}>
        <Hourglass className="i" size={13} aria-hidden />
        {t(settling.is ? 'settling' : lateness.kind === 'measured' ? 'settled' : 'settlingUnknown')}
      </span>
      <span className="v">{measured}</span>
    </div>
  );
}
