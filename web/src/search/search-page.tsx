import './search.css';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hunts } from '../../../src/server/contracts/hunts.ts';
import { apiGet } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { type KeyGroup, useHotkey, useKeyGroup } from '../frame/keys.ts';
import { usePreferences } from '../frame/preferences.ts';
import type { EditorHandle } from './editor/spl-editor.tsx';
import { useCheck } from './editor/use-check.ts';
import { EditorBox } from './editor-box.tsx';
import { HistogramBox } from './histogram/histogram-box.tsx';
import { HuntTrail } from './hunt/hunt-trail.tsx';
import { changeStep, openHunt, removeStep, useWorkingHunt, workingHunt } from './hunt/working-hunt.ts';
import { DropFiles } from './ingest/drop-files.tsx';
import { Results } from './results/results.tsx';
import { SearchFooter } from './results/search-footer.tsx';
import { isRunning, runningSearch, startSearch, stopSearch, useRunningSearch } from './running-searches.ts';
import { changedLink, type LinkChange, type SearchLink } from './search-link.ts';
import { requestOf } from './search-request.ts';
import type { TypedRange } from './time-range.ts';

export function SearchPage() {
  const { t } = useTranslation('search');
  const link: SearchLink = useSearch({ from: '/search' });
  const navigate = useNavigate({ from: '/search' });
  const { zone } = usePreferences();
  const hunt = useWorkingHunt();
  const editor = useRef<EditorHandle>(undefined);
  const step = Math.min(link.step ?? 0, Math.max(0, hunt.steps.length - 1));
  const draft = hunt.steps[step]?.text ?? '';
  const request = useMemo(() => (link.run ? requestOf(link, zone) : undefined), [link, zone]);
  const search = useRunningSearch(request);
  const checked = useCheck(draft, zone);
  const running = isRunning(search);
  useSearchKeys();

  // What a link says becomes a step of the hunt; a link to a saved hunt opens it.
  useEffect(() => {
    if (link.hunt !== undefined && link.hunt !== workingHunt().id) {
      void openSaved(link.hunt, link.step ?? 0, (next) => void navigate({ search: next, replace: true }));
      return;
    }
    if (link.q === undefined) return;
    const at = changeStep(link.step ?? 0, {
      text: link.q,
      earliest: link.earliest,
      latest: link.latest,
      ran: link.run === true,
    });
    if (at !== (link.step ?? 0)) void navigate({ search: (now) => ({ ...now, step: at }), replace: true });
  }, [link, navigate]);

  // A link that says so is run, unless its answer is still here.
  useEffect(() => {
    if (request && !runningSearch(request)) void startSearch(request);
  }, [request]);

  useEffect(() => {
    document.title = `${t('title')} · Keizu`;
  }, [t]);

  const go = useCallback(
    (change: LinkChange): void => {
      void navigate({ search: (now) => changedLink(now, change) });
    },
    [navigate],
  );

  const run = useCallback(
    (text: string, range?: TypedRange): void => {
      if (text.trim() === '') return;
      const bounds = range ?? { earliest: link.earliest, latest: link.latest };
      const next = changedLink(link, { ...bounds, q: text, step, run: true, sort: undefined });
      const wanted = requestOf(next, zone);
      const same = request && wanted && JSON.stringify(request) === JSON.stringify(wanted);
      // The same search again is asked for to see what has arrived since.
      if (same) void startSearch(wanted);
      else void navigate({ search: changedLink(next, { view: undefined }) });
    },
    [link, step, zone, request, navigate],
  );

  const openStep = (at: number): void => {
    const to = hunt.steps[at];
    go({
      q: to?.text || undefined,
      earliest: to ? to.earliest : link.earliest,
      latest: to ? to.latest : link.latest,
      step: to ? at : changeStep(at, { earliest: link.earliest, latest: link.latest }),
      run: to?.ran ? true : undefined,
      view: undefined,
      sort: undefined,
    });
    if (!to) editor.current?.focus();
  };

  const setRange = (range: TypedRange): void => {
    changeStep(step, range);
    if (draft.trim() === '') go({ ...range });
    else run(draft, range);
  };

  const stop = (): void => {
    if (request && running) void stopSearch(request);
  };

  return (
    <div className="searchpage">
      <h1 className="visually-hidden">{t('title')}</h1>
      <HuntTrail
        current={step}
        zone={link.zone ?? zone}
        onStep={openStep}
        onRemove={(at) => {
          removeStep(at);
          openStep(Math.max(0, Math.min(at, workingHunt().steps.length - 1)));
        }}
        onHunt={() => void navigate({ search: {} })}
        onHistory={(entry) =>
          go({
            q: entry.text,
            earliest: entry.earliest,
            latest: entry.latest,
            step,
            run: true,
            view: undefined,
          })
        }
      />
      <EditorBox
        text={draft}
        checked={checked}
        search={search}
        running={running}
        range={{ earliest: link.earliest, latest: link.latest }}
        onText={(text) => changeStep(step, { text, ran: text === link.q && link.run === true })}
        onRun={() => run(workingHunt().steps[step]?.text ?? '')}
        onStop={stop}
        onRange={setRange}
        onReady={(handle) => {
          editor.current = handle;
        }}
        onGoTo={(from, to) => editor.current?.goTo(from, to)}
      />
      {request && !(search?.failure && !search.state) ? (
        <HistogramBox
          state={search?.state}
          onRange={(from, to) =>
            setRange({ earliest: new Date(from).toISOString(), latest: new Date(to).toISOString() })
          }
        />
      ) : (
        <div className="nohist" />
      )}
      <Results
        link={link}
        request={request}
        search={search}
        running={running}
        tokens={checked?.text === link.q ? checked?.check.tokens : undefined}
        onLink={go}
        onRun={run}
        onGoTo={(from, to) => editor.current?.goTo(from, to)}
      />
      <SearchFooter search={search} />
      <DropFiles />
    </div>
  );
}

async function openSaved(id: string, step: number, go: (link: SearchLink) => void): Promise<void> {
  const { hunts } = await queryClient.fetchQuery({
    queryKey: ['hunts'],
    queryFn: () => apiGet<Hunts>('/hunts'),
  });
  const saved = hunts.find((entry) => entry.id === id);
  if (!saved) {
    go({});
    return;
  }
  const { steps } = openHunt(saved);
  const at = Math.min(step, steps.length - 1);
  const chosen = steps[at];
  go(
    changedLink(
      {},
      {
        hunt: id,
        step: at,
        q: chosen?.text || undefined,
        earliest: chosen?.earliest,
        latest: chosen?.latest,
        run: chosen?.text ? true : undefined,
      },
    ),
  );
}

function useSearchKeys(): void {
  const { t } = useTranslation('search');
  const group = useMemo<KeyGroup>(
    () => ({
      title: t('title'),
      lines: [
        { keys: ['Ctrl', 'Enter'], does: t('keyRun') },
        { keys: ['Esc'], does: t('keyStop') },
        { keys: ['Ctrl', 'Space'], does: t('keyComplete') },
        { keys: ['/'], does: t('keyEditor') },
        { keys: ['F8'], does: t('keyFault') },
        { keys: ['F2'], does: t('keyRename') },
        { keys: ['↑', '↓', '←', '→'], does: t('keyCells') },
        { keys: ['Enter'], does: t('keyCellMenu') },
        { keys: ['Ctrl', 'C'], does: t('keyCopyCell') },
        { keys: ['⇧', '→'], does: t('keyBrush') },
      ],
    }),
    [t],
  );
  useKeyGroup(group);
  useHotkey(
    '/',
    useCallback(() => document.querySelector<HTMLElement>('.spl .cm-content')?.focus(), []),
  );
}
