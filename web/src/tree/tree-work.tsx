import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessBrief } from '../../../src/server/contracts/process.ts';
import { apiFetch, apiPath } from '../api/client.ts';
import { notesQuery } from '../cases/cases-queries.ts';
import { useTrafficMarks } from '../egress/traffic-marks.ts';
import { useHotkey } from '../frame/keys.ts';
import { notify } from '../frame/notices.ts';
import { setPreferences, usePreferences } from '../frame/preferences.ts';
import { PanelBody } from '../process/process-panel.tsx';
import { type PanelSubject, panelQuery } from '../process/process-queries.ts';
import { RawEvent, type RawTab } from '../process/raw-event.tsx';
import { copyText } from '../text/clipboard.ts';
import { readMoment, useZone } from '../text/time.ts';
import { useColumnChoice } from './column-choice.ts';
import { FactsBar } from './facts-bar.tsx';
import { gridColumns } from './grid-columns.ts';
import { LiveNotice } from './live-notice.tsx';
import { MarkedBar } from './marked-bar.tsx';
import { guideX } from './model/row-guides.ts';
import { basisAt, nameAt, type TreeColumns, valueAt } from './model/tree-columns.ts';
import type { VisibleRows } from './model/visible-rows.ts';
import { PanelFrame } from './panel-frame.tsx';
import { RowStore } from './row-store.ts';
import { thenAndNow } from './then-moment.ts';
import { TimeStrip } from './time-strip.tsx';
import { focusBack, focusOn, goToHit, goToNext } from './tree-actions.ts';
import { TreeActionsBar } from './tree-actions-bar.tsx';
import { TreeCrumbs } from './tree-crumbs.tsx';
import { TreeFooter } from './tree-footer.tsx';
import { type GridCommands, TreeGrid } from './tree-grid.tsx';
import type { TreeLink, TreeSelection } from './tree-link.ts';
import { linkWithMoment } from './tree-link-text.ts';
import { TreeToolbar } from './tree-toolbar.tsx';
import { useTreeKeys } from './use-tree-keys.ts';
import { type TreeView, useSettled, useTreeView } from './use-tree-view.ts';
import type { LoadedTree } from './view-state.ts';

interface Props {
  readonly loaded: LoadedTree;
  readonly link: TreeLink;
  readonly selection: TreeSelection;
}

/** A tree with all that can be done with it. */
export function TreeWork({ loaded, link, selection }: Props) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const { wrap, panelWidth } = usePreferences();
  const navigate = useNavigate();
  const view = useTreeView(loaded, link);
  const { tree, columns } = loaded;
  const { state, change } = view;
  const store = useMemo(() => new RowStore(tree.key, zone), [tree.key, zone]);
  const [choice, setChoice] = useColumnChoice();
  const [width, setWidth] = useState(900);
  const [strip, setStrip] = useState(false);
  const [seen, setSeen] = useState({ first: 0, last: 0 });
  const findField = useRef<HTMLInputElement>(null);
  const names = useMemo(() => widestName(view.rows, columns), [view.rows, columns]);
  const days = Math.ceil((view.axis.to - view.axis.from) / 86_400_000);
  const grid = useMemo(() => gridColumns(width, choice, names, days), [width, choice, names, days]);
  const notes = useNoteCounts(tree.host);
  const traffic = useTrafficMarks(tree.host, selection.asof);
  const onView = useCallback(
    (first: number, last: number) =>
      setSeen((before) => (before.first === first && before.last === last ? before : { first, last })),
    [],
  );

  const panel = usePanel(view, store, selection, zone);
  const commands = useCommands({ view, selection, panel, zone, wrap });
  useTreeKeys({
    find: useCallback(() => findField.current?.select(), []),
    nextHit: useCallback((step: 1 | -1) => goToHit(view, step), [view]),
  });
  useHotkey(
    '[',
    useCallback(() => commands.thenNow(), [commands]),
  );
  const onAsOf = useCallback(
    (moment: string | undefined) => {
      const { asof: _, ...rest } = selection;
      void navigate({ to: '/tree', search: { ...link, ...rest, asof: moment } as TreeLink });
    },
    [navigate, selection, link],
  );
  useEffect(() => {
    const name = nameAt(columns, tree.matched[0] ?? -1);
    document.title = `${name === undefined ? '' : `${name}, `}${tree.host} · Keizu`;
  }, [columns, tree]);

  const failure = useSyncExternalStore(store.subscribe, () => store.failure());
  const rawId = state.raw === '1' ? panel.firstEvent : state.raw;
  const toGrid = (): void => focusGrid(view.currentRow);
  return (
    <div className="treepage" style={{ '--panel': `${panelWidth}px` } as React.CSSProperties}>
      <div className="ctx">
        <TreeCrumbs view={view} />
        <TreeActionsBar
          view={view}
          selection={selection}
          onCopyText={commands.copyText}
          onCopyLink={commands.copyLink}
        />
      </div>
      <FactsBar view={view} onAsOf={onAsOf} />
      <div className={state.bare ? 'work bare' : 'work'}>
        <div className="left">
          <TreeToolbar
            view={view}
            columns={grid}
            choice={choice}
            onChoice={setChoice}
            wrap={wrap}
            onWrap={commands.wrap}
            strip={strip}
            onStrip={() => setStrip(!strip)}
            onAround={() => commands.around(state.selected)}
            findField={findField}
            onBackToGrid={toGrid}
          />
          <LiveNotice tree={tree} selection={selection} />
          {failure && (
            <div className="bnr err live" role="alert">
              {t('rowsFailed', { message: failure.message })}
              <button type="button" className="btn sm" onClick={() => store.again()}>
                {t('tryAgain')}
              </button>
            </div>
          )}
          {state.marked.size > 0 && <MarkedBar view={view} store={store} />}
          {strip && <TimeStrip view={view} first={seen.first} last={seen.last} />}
          <TreeGrid
            view={view}
            store={store}
            columns={grid}
            wrap={wrap}
            notes={notes}
            traffic={traffic}
            commands={commands}
            onWidth={setWidth}
            onView={strip ? onView : undefined}
          />
          {rawId !== undefined && (
            <RawEvent
              id={rawId}
              tabs={panel.tabs}
              onTab={(id) => change({ raw: id })}
              onClose={() => {
                change({ raw: undefined });
                toGrid();
              }}
            />
          )}
        </div>
        {!state.bare && (
          <PanelFrame label={t('panelLabel')} onClose={toGrid}>
            <PanelBody
              subject={panel.subject}
              name={nameAt(columns, state.selected) ?? ''}
              pid={state.selected < 0 ? -1 : valueAt(columns.pid, state.selected)}
              commands={{
                focus: () => commands.focusRoot(state.selected),
                around: () => commands.around(state.selected),
                raw: (id) => change({ raw: id }),
                close: () => change({ bare: true }),
                show: panel.show,
              }}
            />
          </PanelFrame>
        )}
      </div>
      <TreeFooter view={view} />
    </div>
  );
}

function focusGrid(row: number): void {
  const grid = document.querySelector<HTMLElement>('[role="treegrid"]');
  (grid?.querySelector<HTMLElement>(`[data-row="${row}"]`) ?? grid)?.focus();
}

/** Rows that are measured; more cost more than they tell. */
const mostMeasured = 4000;

/** Pixels that the longest name needs with its lines, process id and tags, by the average width of a letter. */
function widestName(rows: VisibleRows, columns: TreeColumns): number {
  let widest = 0;
  for (let row = 0; row < Math.min(rows.length, mostMeasured); row += 1) {
    const at = valueAt(rows.position, row);
    const name = nameAt(columns, at)?.length ?? 1;
    const pid = String(valueAt(columns.pid, at)).length;
    const claimed = basisAt(columns, at) === 'claimed' ? 64 : 0;
    const closed = rows.expandable[row] === 1 && rows.expanded[row] !== 1 && rows.kind[row] === 0 ? 62 : 0;
    const others = valueAt(columns.leftOut, at) > 0 ? 48 : 0;
    const width = guideX(valueAt(rows.depth, row)) + 44 + name * 7 + pid * 6.7 + claimed + closed + others;
    widest = Math.max(widest, width);
  }
  return widest;
}

function useNoteCounts(host: string): ReadonlyMap<string, number> {
  const { data } = useQuery(notesQuery({ host }));
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { pin } of data?.items ?? [])
      if (pin.kind === 'process') counts.set(pin.processId, (counts.get(pin.processId) ?? 0) + 1);
    return counts;
  }, [data]);
}

interface PanelState {
  readonly subject: PanelSubject | undefined;
  readonly tabs: readonly RawTab[];
  readonly firstEvent: string | undefined;
  readonly show: (process: ProcessBrief) => void;
}

/** The process that the panel is of: the selected one, once the selection rests. */
function usePanel(view: TreeView, store: RowStore, selection: TreeSelection, zone: string): PanelState {
  const { state, loaded, reveal } = view;
  const navigate = useNavigate();
  useSyncExternalStore(store.subscribe, store.snapshot);
  const details = store.get(state.selected);
  const id = useSettled(details?.id, 90);
  const { host } = loaded.tree;
  const asof = selection.asof;
  const subject = useMemo<PanelSubject | undefined>(
    () => (id === undefined ? undefined : { host, id, asof, timezone: zone }),
    [host, id, asof, zone],
  );
  const { data } = useQuery({ ...panelQuery(subject), enabled: subject !== undefined && !state.bare });
  useEffect(() => {
    if (state.selected >= 0) store.want([state.selected]);
  }, [store, state.selected]);
  const tabs = useMemo<readonly RawTab[]>(
    () =>
      data?.id === id && data !== undefined
        ? data.identity.sensors.map((sensor) => ({ id: sensor.eventId, label: sensor.label }))
        : (details?.events.slice(0, 1).map((event) => ({ id: event, label: '1' })) ?? []),
    [data, id, details],
  );
  const show = useCallback(
    (process: ProcessBrief) => {
      const at = positionOf(view, process);
      if (at >= 0) reveal(at);
      else
        void navigate({ to: '/tree', search: { host, id: process.id, ...(asof !== undefined && { asof }) } });
    },
    [view, reveal, navigate, host, asof],
  );
  return { subject, tabs, firstEvent: tabs[0]?.id ?? details?.events[0], show };
}

/** The place of a process in the tree, by its id and start; -1 where it is not in it. */
function positionOf({ loaded }: TreeView, process: ProcessBrief): number {
  const { columns } = loaded;
  const start = readMoment(process.start);
  let best = -1;
  let distance = start === undefined ? Number.POSITIVE_INFINITY : 2;
  for (let at = 0; at < columns.size; at += 1) {
    if (columns.pid[at] !== process.pid || nameAt(columns, at) !== process.name) continue;
    const own = columns.start[at] ?? Number.NaN;
    if (start === undefined || process.basis === 'claimed') {
      if (Number.isNaN(own) || process.basis === 'claimed') return at;
      continue;
    }
    const away = Math.abs(columns.origin + own - start);
    if (away < distance) {
      distance = away;
      best = at;
    }
  }
  return best;
}

interface CommandNeeds {
  readonly view: TreeView;
  readonly selection: TreeSelection;
  readonly panel: PanelState;
  readonly zone: string;
  readonly wrap: boolean;
}

type Commands = GridCommands & { readonly thenNow: () => void };

function useCommands({ view, selection, panel, zone, wrap }: CommandNeeds): Commands {
  const { t } = useTranslation('tree');
  const navigate = useNavigate();
  const { loaded, state, change, flagged, doubtful } = view;
  const { tree, columns } = loaded;
  return useMemo<Commands>(() => {
    const asof = selection.asof === undefined ? {} : { asof: selection.asof };
    const openPanel = (): void => {
      change({ bare: false });
      requestAnimationFrame(() => document.getElementById('process-panel')?.focus());
    };
    return {
      focusRoot: (at) => at >= 0 && focusOn(view, at),
      focusBack: () => focusBack(view),
      around: (at) => {
        const start = columns.origin + (columns.start[at] ?? Number.NaN);
        if (Number.isNaN(start)) return notify({ kind: 'error', text: t('aroundNoStart') });
        void navigate({
          to: '/tree',
          search: { host: tree.host, around: new Date(start).toISOString(), minutes: 15, ...asof },
        });
      },
      raw: () =>
        change((before) => ({ raw: before.raw === undefined ? (panel.firstEvent ?? '1') : undefined })),
      candidates: () => {
        openPanel();
        requestAnimationFrame(() =>
          document.getElementById('panel-parent-section')?.scrollIntoView({ block: 'start' }),
        );
      },
      copyText: () => {
        const path = `/tree/${encodeURIComponent(tree.key)}/text`;
        const focus = state.root >= 0 ? panel.subject?.id : undefined;
        void (async () => {
          try {
            const answer = await apiFetch(apiPath(path, { timezone: zone, form: 'ticket', focus }));
            await copyText(await answer.text(), t('textCopied'));
          } catch (error) {
            notify({
              kind: 'error',
              text: t('exportFailed', { message: error instanceof Error ? error.message : '' }),
            });
          }
        })();
      },
      // The address is written a moment after the last change of the view.
      copyLink: () => {
        setTimeout(() => void copyText(linkWithMoment(tree.asof ?? tree.now), t('linkCopied')), 300);
      },
      next: (what, back) => {
        if (goToNext(view, what === 'flagged' ? flagged : doubtful, back) === undefined)
          notify({ kind: 'done', text: t(what === 'flagged' ? 'noFlagged' : 'noDoubtful') });
      },
      wrap: () => setPreferences({ wrap: !wrap }),
      lookUpParent: () => {
        openPanel();
      },
      toPanel: openPanel,
      leftOut: () => {
        const id = panel.subject?.id;
        if (id !== undefined) void navigate({ to: '/tree', search: { host: tree.host, id, ...asof } });
      },
      thenNow: () => {
        void navigate({ to: '/compare', search: thenAndNow(tree, selection) });
      },
    };
  }, [view, selection, panel, zone, wrap, navigate, t, change, columns, tree, state.root, flagged, doubtful]);
}
