import { Link } from '@tanstack/react-router';
import { ChevronRight, Monitor } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Glyph } from '../frame/glyph.tsx';
import { usePreferences } from '../frame/preferences.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateOf, dayOf, useZone } from '../text/time.ts';
import { basisAt, chainTo, nameAt, valueAt } from './model/tree-columns.ts';
import { focusOn } from './tree-actions.ts';
import type { TreeView } from './use-tree-view.ts';

/** Longer ways show their ends. */
const mostCrumbs = 3;

/** Host, ancestors, and what the tree is of: the root that was chosen, or what was asked for. */
export function TreeCrumbs({ view }: { readonly view: TreeView }) {
  const { t } = useTranslation('tree');
  const { language } = usePreferences();
  const zone = useZone();
  const { columns, tree } = view.loaded;
  const { root } = view.state;
  const subject =
    root >= 0
      ? root
      : tree.selection.kind === 'all' || tree.selection.kind === 'around'
        ? -1
        : (tree.matched[0] ?? -1);
  const chain = subject < 0 ? [] : chainTo(columns, subject).slice(0, -1);
  const hidden = Math.max(0, chain.length - mostCrumbs);
  const shown = hidden === 0 ? chain : [...chain.slice(0, 1), ...chain.slice(hidden + 1)];
  const day = view.axis.from;
  const several = root < 0 && tree.matchedTotal > 1 && tree.selection.kind === 'text';
  return (
    <nav className="crumbs" aria-label={t('breadcrumb')}>
      <Link className="host" to="/tree" search={{ host: tree.host }} title={t('wholeHost')}>
        <Monitor className="i" size={14} aria-hidden />
        <RecordedText text={tree.host} />
      </Link>
      {shown.map((at, place) => (
        <Fragment key={at}>
          <ChevronRight className="i sep" size={12} aria-hidden />
          {hidden > 0 && place === 1 && (
            <>
              <span className="dim" title={t('crumbsHidden', { count: hidden })}>
                ⋯{hidden}
              </span>
              <ChevronRight className="i sep" size={12} aria-hidden />
            </>
          )}
          <button type="button" className="crumb" onClick={() => focusOn(view, at)} title={t('focusTitle')}>
            {basisAt(columns, at) === 'claimed' && <Glyph grade="claimednode" />}
            <RecordedText text={nameAt(columns, at) ?? '?'} />
            <span className="pid">{valueAt(columns.pid, at)}</span>
          </button>
        </Fragment>
      ))}
      <ChevronRight className="i sep" size={12} aria-hidden />
      <h1 aria-current="true">
        {several ? (
          t('matches', { count: tree.matchedTotal, text: tree.selection.text ?? '' })
        ) : subject < 0 ? (
          tree.selection.kind === 'around' ? (
            t('aroundHeading')
          ) : (
            t('allProcesses')
          )
        ) : (
          <>
            <RecordedText text={nameAt(columns, subject) ?? '?'} />
            <span className="pid">{valueAt(columns.pid, subject)}</span>
          </>
        )}
      </h1>
      <span className="date num">
        {language === 'ja'
          ? dayOf(day, zone, 'ja')
          : `${dayOf(day, zone, 'en').slice(0, 3)} ${dateOf(day, zone)}`}
      </span>
    </nav>
  );
}
