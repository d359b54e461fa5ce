import { useNavigate } from '@tanstack/react-router';
import { BarChart3, ListTree, OctagonAlert, TextWrap } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../../../src/server/contracts/editor.ts';
import type { SearchRequest } from '../../../../src/server/contracts/search.ts';
import { notify } from '../../frame/notices.ts';
import { setPreferences, usePreferences } from '../../frame/preferences.ts';
import { count, elapsed } from '../../text/quantity.ts';
import { baseOf, withCommand, withCondition } from '../base-search.ts';
import { FirstRun } from '../ingest/first-run.tsx';
import {
  isRunning,
  type RunningSearch,
  runningSearch,
  startSearch,
  useRunningSearch,
} from '../running-searches.ts';
import { useFaultText, useSearchFailureText } from '../sayings/use-fault-text.ts';
import type { LinkChange, ResultView, SearchLink } from '../search-link.ts';
import { chartable } from './chart-shape.ts';
import { EventDrawer } from './event-drawer.tsx';
import { EventsView } from './events-view.tsx';
import { ExportMenu } from './export-menu.tsx';
import { findLabelled } from './find-labelled.ts';
import { mostMeasured, ResultTable } from './result-table.tsx';
import { SearchNotes } from './search-notes.tsx';
import { SkeletonRows } from './skeleton-rows.tsx';
import { soughtText } from './sought-text.ts';
import { ZeroResult } from './zero-result.tsx';

const ResultChart = lazy(async () => ({ default: (await import('./result-chart.tsx')).ResultChart }));

interface Props {
  readonly link: SearchLink;
  readonly request: SearchRequest | undefined;
  readonly search: RunningSearch | undefined;
  readonly running: boolean;
  /** Of the search's text; undefined while they are not known. */
  readonly tokens: Check['tokens'] | undefined;
  readonly onLink: (change: LinkChange) => void;
  readonly onRun: (text: string) => void;
  readonly onGoTo: (from: number, to: number) => void;
}

export function Results({ link, request, search, running, tokens, onLink, onRun, onGoTo }: Props) {
  const { t } = useTranslation('search');
  const navigate = useNavigate();
  const { wrap } = usePreferences();
  const failureText = useSearchFailureText();
  const [opened, setOpened] = useState<string>();
  const state = search?.state;
  const base = request && tokens ? baseOf(request.text, tokens) : '';
  const baseRequest = useMemo(
    () =>
      request && base !== '' && base !== request.text.trim()
        ? { ...request, text: base, history: false }
        : undefined,
    [request, base],
  );
  const isEvents = state?.isEvents === true;
  const canChart = state !== undefined && chartable(state);
  const chosen = link.view ?? (isEvents ? 'events' : 'table');
  const view: ResultView =
    chosen === 'chart' && !canChart
      ? 'table'
      : chosen === 'events' && !isEvents && base === ''
        ? 'table'
        : chosen;
  const eventsRequest = view === 'events' && !isEvents ? baseRequest : undefined;
  const eventsSearch = useRunningSearch(baseRequest);
  const eventsState = isEvents ? state : eventsSearch?.state;

  useEffect(() => {
    if (eventsRequest && !runningSearch(eventsRequest)) void startSearch(eventsRequest);
  }, [eventsRequest]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search has other events
  useEffect(() => setOpened(undefined), [request]);

  if (!request) return <FirstRun />;
  if (!state) return <NotStarted search={search} />;

  const onCondition = tokens
    ? (field: string, value: string, include: boolean): void =>
        onRun(withCondition(request.text, tokens, field, value, include))
    : undefined;
  const drawing =
    state.columns.findIndex((column) => column.name === 'tree' && column.type === 'multivalue') >= 0;
  const openLabel = async (pid: number | undefined, time: string | undefined): Promise<void> => {
    const found = await findLabelled(request, base, pid, time);
    if (found) void navigate({ to: '/tree', search: found });
    else notify({ kind: 'error', text: t('noHostFound') });
  };
  const tabs: readonly {
    readonly view: ResultView;
    readonly text: string;
    readonly count: number | undefined;
  }[] = [
    { view: 'table', text: t('table'), count: isEvents ? undefined : state.rows },
    ...(isEvents || base !== ''
      ? [{ view: 'events' as const, text: t('eventsTab'), count: eventsState?.rows }]
      : []),
    ...(canChart ? [{ view: 'chart' as const, text: t('chart'), count: undefined }] : []),
  ];
  const hit = soughtText(request.text);
  const failed = state.error ? failureText(state.error) : undefined;
  const notes = !isEvents && view === 'table' && (drawing || state.diagnostics.length > 0);

  return (
    <div className="results">
      <div className="rtabs" data-region>
        <div role="tablist" aria-label={t('results')}>
          {tabs.map((tab) => (
            <button
              key={tab.view}
              type="button"
              role="tab"
              id={`result-tab-${tab.view}`}
              aria-selected={tab.view === view}
              aria-controls="result-panel"
              tabIndex={tab.view === view ? 0 : -1}
              onClick={() => onLink({ view: tab.view })}
              onKeyDown={(event) => {
                const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                if (by === undefined) return;
                const at = tabs.findIndex((one) => one.view === tab.view);
                const next = tabs[(at + by + tabs.length) % tabs.length];
                if (!next) return;
                onLink({ view: next.view });
                document.getElementById(`result-tab-${next.view}`)?.focus();
              }}
            >
              {tab.view === 'chart' && <BarChart3 size={13} aria-hidden />}
              {tab.text}
              {tab.count !== undefined && <b className="num">{count(tab.count)}</b>}
            </button>
          ))}
        </div>
        <span className="grow" />
        <span className="took num">{running ? '' : elapsed(state.elapsedMs)}</span>
        <button
          type="button"
          className="tb"
          aria-pressed={wrap}
          disabled={view !== 'table' || state.rows > mostMeasured}
          title={state.rows > mostMeasured ? t('wrapNot', { count: mostMeasured }) : t('wrap')}
          onClick={() => setPreferences({ wrap: !wrap })}
        >
          <TextWrap size={14} aria-hidden />
          <span>{t('wrap')}</span>
        </button>
        <ExportMenu state={state} />
        {drawing && (
          <button type="button" className="btn" onClick={() => void openLabel(undefined, undefined)}>
            <ListTree size={14} aria-hidden />
            {t('openTree')}
          </button>
        )}
      </div>
      {state.error && (
        <div className="bnr err" role="alert">
          <OctagonAlert size={14} aria-hidden />
          <span>
            <b>{failed?.message}</b> {failed?.hint ?? ''} {state.rows > 0 ? t('partialRows') : ''}
          </span>
        </div>
      )}
      <div className="rpanel" id="result-panel" role="tabpanel" aria-labelledby={`result-tab-${view}`}>
        {state.rows === 0 && state.state === 'done' && view !== 'events' ? (
          <ZeroResult
            state={state}
            request={request}
            tokens={tokens}
            onText={onRun}
            onEverything={
              link.earliest === undefined && link.latest === undefined
                ? undefined
                : () => onLink({ earliest: undefined, latest: undefined })
            }
            onGoTo={onGoTo}
          />
        ) : view === 'chart' ? (
          <Suspense fallback={null}>
            <ResultChart state={state} sort={link.sort} />
          </Suspense>
        ) : view === 'events' ? (
          eventsState ? (
            eventsState.rows === 0 && eventsState.state === 'done' ? (
              <ZeroResult
                state={eventsState}
                request={baseRequest ?? request}
                tokens={tokens}
                onText={onRun}
                onEverything={undefined}
                onGoTo={onGoTo}
              />
            ) : (
              <EventsView
                state={eventsState}
                base={base}
                hit={hit}
                opened={opened}
                onEvent={setOpened}
                onCondition={(field, value, include) => onCondition?.(field, value, include)}
              />
            )
          ) : (
            <SkeletonRows />
          )
        ) : state.columns.length === 0 || (state.rows === 0 && running) ? (
          <SkeletonRows />
        ) : (
          <div className={notes ? 'rbody' : 'rbody alone'}>
            <div className="tblwrap">
              <ResultTable
                state={state}
                sort={isRunning(search) ? undefined : link.sort}
                wrap={wrap}
                hit={hit}
                onSort={(sort) => onLink({ sort })}
                onCondition={onCondition}
                onLabel={({ pid, time }) => void openLabel(pid, time)}
                onEvent={setOpened}
              />
            </div>
            {notes && (
              <SearchNotes
                state={state}
                isDrawing={drawing}
                onTree={() => void openLabel(undefined, undefined)}
                findTree={base === '' ? undefined : () => findLabelled(request, base, undefined, undefined)}
                onGoTo={onGoTo}
                onSortByTime={
                  /\|\s*sort\b/.test(request.text) ? undefined : () => onRun(sortedBeforePstree(request.text))
                }
              />
            )}
          </div>
        )}
        {opened !== undefined && (
          <EventDrawer id={opened} onClose={() => setOpened(undefined)} onCondition={onCondition} />
        )}
      </div>
    </div>
  );
}

/** The order of siblings is that of the rows which pstree takes, so that the sort stands in front of it. */
function sortedBeforePstree(text: string): string {
  const at = text.search(/\|\s*pstree\b/);
  if (at < 0) return withCommand(text, 'sort 0 _time');
  const gap = text.slice(0, at).endsWith('\n') ? '\n' : ' ';
  return `${text.slice(0, at)}| sort 0 _time${gap}${text.slice(at)}`;
}

function NotStarted({ search }: { readonly search: RunningSearch | undefined }) {
  const { t } = useTranslation('search');
  const faultText = useFaultText();
  const failure = search?.failure;
  if (!failure)
    return (
      <div className="results">
        <SkeletonRows />
      </div>
    );
  const first = failure.diagnostics.find(({ severity }) => severity === 'error') ?? failure.diagnostics[0];
  const said = first ? faultText(first) : failure;
  return (
    <div className="results">
      <div className="bnr err" role="alert">
        <OctagonAlert size={14} aria-hidden />
        <span>
          <b>{said.message}</b> {said.hint ?? ''} {t('didNotRun')}
        </span>
      </div>
    </div>
  );
}
