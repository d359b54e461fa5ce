import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { PackageOpen } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostSummary } from '../../../src/server/contracts/tree.ts';
import type { ApiFailure } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { absoluteBound, readBound, writeBound } from '../search/time-range.ts';
import { readMoment, useZone } from '../text/time.ts';
import { hostsQuery } from '../tree/tree-queries.ts';
import { type ExportLink, hostsOf } from './export-link.ts';
import { startExport } from './export-queries.ts';
import { HostPicker } from './host-picker.tsx';

const second = 1_000;

/** From the first to after the last event of the chosen hosts, on whole seconds; undefined where it is not known. */
function spanOf(hosts: readonly HostSummary[], chosen: ReadonlySet<string>) {
  const times = hosts
    .filter(({ host }) => chosen.has(host))
    .flatMap(({ first, last }) => [readMoment(first), readMoment(last)])
    .filter((time) => time !== undefined);
  if (times.length === 0) return undefined;
  const from = Math.floor(Math.min(...times) / second) * second;
  const to = (Math.floor(Math.max(...times) / second) + 1) * second;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** What is to be exported: hosts, a window, and how the table is written. */
export function ExportForm({ link }: { readonly link: ExportLink }) {
  const { t } = useTranslation('export');
  const zone = useZone();
  const navigate = useNavigate();
  const session = useSession();
  const id = useId();
  const all = useQuery(hostsQuery(''));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(hostsOf(link)));
  // Until something is typed, the window is the one of the hosts.
  const [from, setFrom] = useState(link.earliest === undefined ? undefined : writeBound(link.earliest, zone));
  const [to, setTo] = useState(link.latest === undefined ? undefined : writeBound(link.latest, zone));
  const [exact, setExact] = useState(link.exact === true);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<ApiFailure>();

  const span = spanOf(all.data?.hosts ?? [], chosen);
  const shownFrom = from ?? (span === undefined ? '' : writeBound(span.from, zone));
  const shownTo = to ?? (span === undefined ? '' : writeBound(span.to, zone));
  const earliest = readBound(shownFrom, zone);
  const latest = readBound(shownTo, zone);
  const bounds =
    earliest.kind === 'bound' && latest.kind === 'bound' && earliest.text && latest.text
      ? { earliest: earliest.text, latest: latest.text }
      : undefined;
  const fromMoment = absoluteBound(bounds?.earliest);
  const toMoment = absoluteBound(bounds?.latest);
  const isBackwards = fromMoment !== undefined && toMoment !== undefined && toMoment <= fromMoment;
  const isTooLow = session?.user?.role === 'viewer';
  const fault =
    chosen.size === 0
      ? t('chooseHost')
      : bounds === undefined
        ? t('notATime')
        : isBackwards
          ? t('toBeforeFrom')
          : undefined;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (fault !== undefined || bounds === undefined || sending) return;
    setSending(true);
    setFailure(undefined);
    try {
      const hosts = [...chosen].sort();
      const started = await startExport({ hosts, ...bounds, exact, timezone: zone });
      const search: ExportLink = {
        hosts: hosts.join(','),
        ...bounds,
        ...(exact && { exact: true as const }),
        id: started.id,
      };
      await navigate({ to: '/export', search });
    } catch (error) {
      setFailure(error as ApiFailure);
      setSending(false);
    }
  };

  return (
    <form className="exportform" onSubmit={(event) => void submit(event)}>
      <p className="about">{t('about')}</p>
      <HostPicker chosen={chosen} onChosen={setChosen} />
      <fieldset>
        <legend>{t('window')}</legend>
        <div className="bounds">
          <label htmlFor={`${id}-from`}>{t('from')}</label>
          <input
            id={`${id}-from`}
            className="field num"
            value={shownFrom}
            spellCheck={false}
            autoComplete="off"
            aria-describedby={`${id}-zone`}
            onChange={(event) => setFrom(event.target.value)}
          />
          <label htmlFor={`${id}-to`}>{t('to')}</label>
          <input
            id={`${id}-to`}
            className="field num"
            value={shownTo}
            spellCheck={false}
            autoComplete="off"
            aria-describedby={`${id}-zone`}
            onChange={(event) => setTo(event.target.value)}
          />
          <button
            type="button"
            className="btn sm"
            disabled={span === undefined}
            onClick={() => {
              setFrom(undefined);
              setTo(undefined);
            }}
          >
            {t('allTime')}
          </button>
        </div>
        <p id={`${id}-zone`} className="dim">
          {t('zoneIs', { zone })}
        </p>
      </fieldset>
      <div className="exact">
        <label>
          <input
            type="checkbox"
            checked={exact}
            aria-describedby={`${id}-exact`}
            onChange={(event) => setExact(event.target.checked)}
          />
          {t('exact')}
        </label>
        <p id={`${id}-exact`} className="dim">
          {t('exactHint')}
        </p>
      </div>
      {failure && (
        <p role="alert" className="bad">
          {failure.message} {failure.hint ?? ''}
        </p>
      )}
      <div className="go">
        <button
          type="submit"
          className="btn primary"
          disabled={fault !== undefined || sending || isTooLow}
          aria-describedby={`${id}-fault`}
        >
          <PackageOpen size={14} aria-hidden />
          {t('start')}
        </button>
        <span id={`${id}-fault`} role="status" className="dim">
          {isTooLow ? t('roleTooLow') : (fault ?? '')}
        </span>
      </div>
    </form>
  );
}
