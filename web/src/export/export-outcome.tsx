import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Check, OctagonAlert, Play, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportState } from '../../../src/server/contracts/exports.ts';
import type { ApiFailure } from '../api/client.ts';
import { wordedFailure } from '../api/worded-failure.ts';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';
import { endExport, exportQuery, resumeExport } from './export-queries.ts';
import { ExportResult } from './export-result.tsx';

/** An export that was started: how far it is, or what came of it. */
export function ExportOutcome({ id }: { readonly id: string }) {
  const { t } = useTranslation('export');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data, error, isPending, refetch } = useQuery(exportQuery(id));
  const [failure, setFailure] = useState<ApiFailure>();
  const end = async (isRunning: boolean): Promise<void> => {
    try {
      await endExport(id);
      if (isRunning) await client.invalidateQueries({ queryKey: ['export', id] });
      else await navigate({ to: '/export', search: ({ id: _, ...link }) => link, replace: true });
    } catch (caught) {
      setFailure(caught as ApiFailure);
    }
  };
  const resume = async (): Promise<void> => {
    setFailure(undefined);
    try {
      client.setQueryData(exportQuery(id).queryKey, await resumeExport(id));
    } catch (caught) {
      setFailure(caught as ApiFailure);
    }
  };
  if (data === undefined || error)
    return isPending ? (
      <div className="waiting" aria-busy="true" />
    ) : (
      <div className="outcome" role="alert">
        <p className="head bad">
          <OctagonAlert size={14} aria-hidden />
          {t('gone')}
        </p>
        <p>
          {error?.message} {(error as ApiFailure | null)?.hint ?? ''}
        </p>
        <span>
          <button type="button" className="btn sm" onClick={() => void refetch()}>
            {t('tryAgain')}
          </button>
        </span>
      </div>
    );
  return (
    <div className="outcome">
      <Scope state={data} />
      <Earlier state={data} />
      {data.state === 'running' && <Running state={data} onCancel={() => void end(true)} />}
      {data.state === 'stopped' && <p role="status">{t('stopped')}</p>}
      {data.state === 'failed' && <Failed state={data} />}
      {(data.state === 'stopped' || data.state === 'failed') && (
        <>
          <p className="dim">{t('resumeHint')}</p>
          <span className="acts">
            <button type="button" className="btn primary" onClick={() => void resume()}>
              <Play size={13} aria-hidden />
              {t('resume')}
            </button>
            <Remove onRemove={() => void end(false)} />
          </span>
        </>
      )}
      {data.state === 'done' && (
        <>
          <p className="head good" role="status">
            <Check size={14} aria-hidden />
            {t('done', { count: data.all, text: count(data.all) })}
          </p>
          <ExportResult state={data} />
          <span>
            <Remove onRemove={() => void end(false)} />
          </span>
        </>
      )}
      {failure && (
        <p role="alert" className="bad">
          {failure.message}
        </p>
      )}
    </div>
  );
}

function Remove({ onRemove }: { readonly onRemove: () => void }) {
  const { t } = useTranslation('export');
  return (
    <button type="button" className="btn sm" onClick={onRemove}>
      <Trash2 size={13} aria-hidden />
      {t('remove')}
    </button>
  );
}

/** What became of an earlier run. */
function Earlier({ state: { takenUp, begunAnew, all } }: { readonly state: ExportState }) {
  const { t } = useTranslation('export');
  if (takenUp !== null) return <p>{t('takenUp', { done: count(takenUp), all: count(all) })}</p>;
  if (begunAnew !== null) return <p>{t(`anew-${begunAnew}`)}</p>;
  return null;
}

function Scope({ state }: { readonly state: ExportState }) {
  const { t } = useTranslation('export');
  const zone = useZone();
  const moment = (text: string) => dateClockOf(readMoment(text) ?? 0, zone, 'seconds');
  return (
    <p className="scope">
      <RecordedText text={t('ofHosts', { hosts: state.hosts.join(', ') })} />
      <br />
      <span className="num">
        {t('ofWindow', { from: moment(state.earliest), to: moment(state.latest), zone })}
      </span>
    </p>
  );
}

function Running({ state, onCancel }: { readonly state: ExportState; readonly onCancel: () => void }) {
  const { t } = useTranslation('export');
  const said = {
    check: t('stepCheck', { done: count(state.events), all: count(state.all) }),
    events: t('stepEvents', { done: count(state.events), all: count(state.all) }),
    parquet: t('stepParquet', { all: count(state.all) }),
    report: t('stepReport'),
  };
  return (
    <>
      <p className="head">{t('running')}</p>
      <progress
        aria-label={t('progress')}
        {...(state.step === 'events' && { value: state.events })}
        max={Math.max(1, state.all)}
      />
      <p role="status" className="num">
        {state.step === null ? t('stepNone') : said[state.step]}
      </p>
      <p className="dim">{t('mayLeave')}</p>
      <span>
        <button type="button" className="btn" onClick={onCancel}>
          <Square size={13} aria-hidden />
          {t('cancel')}
        </button>
      </span>
    </>
  );
}

function Failed({ state }: { readonly state: ExportState }) {
  const { t } = useTranslation('export');
  const { message, hint } = state.error ? wordedFailure(state.error) : { message: '', hint: undefined };
  return (
    <div role="alert">
      <p className="head bad">
        <OctagonAlert size={14} aria-hidden />
        {t('failed')}
      </p>
      <p>
        <RecordedText text={`${message} ${hint ?? ''}`} />
      </p>
    </div>
  );
}
