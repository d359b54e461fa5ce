import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, CircleQuestionMark, Waypoints } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Stretch } from '../../../src/server/contracts/coverage.ts';
import { useEventClassLabel } from '../process/class-label.ts';
import { useReasonText } from '../process/reason-text.ts';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, dateClockOf, dateOf, readMoment, useZone } from '../text/time.ts';
import { stretchQuery } from './coverage-queries.ts';

interface Props {
  readonly host: string;
  readonly name: string;
  readonly stretch: Stretch;
  readonly asof: string | undefined;
}

/** Why nothing can be said of a stretch: the source's own count, what is complete, whom it concerns, what else covers it. */
export function StretchPopover({ host, name, stretch, asof }: Props) {
  const { t } = useTranslation('coverage');
  const zone = useZone();
  const label = useEventClassLabel();
  const reason = useReasonText();
  const subject = { host, class: name === '' ? 'process-start' : name, from: stretch.from, to: stretch.to };
  const { data, error } = useQuery(stretchQuery(subject, asof, zone));
  const middle = readMoment(stretch.from) ?? readMoment(stretch.to);
  return (
    <>
      <header>
        <b>{name === '' ? host : t('popHead', { name: label(name, name), host })}</b>
        <span className="num">{rangeText(stretch, zone)}</span>
        <span className={stretch.kind === 'not-collected' ? 'ans nc' : 'ans unc'}>
          {stretch.kind !== 'not-collected' && <CircleQuestionMark className="i" size={13} aria-hidden />}
          {stretch.kind === 'not-collected' ? t('notCollected') : t('notCertain')}
        </span>
      </header>
      <ul>
        <li>
          <span className="pn num">{stretch.count === null ? '' : count(stretch.count)}</span>
          <span>
            <b>{t(kindWords[stretch.kind], { count: stretch.count ?? 2 })}</b>{' '}
            <RecordedText text={sentence(reason(stretch.reason))} />.{' '}
            {stretch.eventId !== null && (
              <Link to="/tree" search={{ host, raw: stretch.eventId }}>
                {t('event')}
              </Link>
            )}
          </span>
        </li>
        {error && <li className="dim">{error.message}</li>}
        {data?.recordIds.map((each) => (
          <li key={each.channel}>
            <span className="pn">
              <Check className="i" size={13} aria-hidden />
            </span>
            <span>
              <b>{each.channel.replace(/^Microsoft-Windows-/, '')}</b>:{' '}
              <RecordedText text={reason(each.reason)} />
            </span>
          </li>
        ))}
        {data && data.processes.count > 0 && (
          <li>
            <span className="pn num">{count(data.processes.count)}</span>
            <span>
              <b>{t('processesLived', { count: data.processes.count })}</b>{' '}
              {name === '' ? '' : t('processesNo', { name: label(name, name) })}{' '}
              <Link
                to="/tree"
                search={{
                  host,
                  ...(middle !== undefined && {
                    around: new Date(middle).toISOString(),
                    minutes: minutesOf(stretch),
                  }),
                }}
              >
                {t('showThem')}
              </Link>
            </span>
          </li>
        )}
        {data?.others.map((other) => (
          <li key={other.channel}>
            <span className="pn">
              <Waypoints className="i" size={13} aria-hidden />
            </span>
            <span>
              <b>{t('otherChannel', { channel: other.channel, count: other.events })}</b>{' '}
              <RecordedText text={reason(other.reason)} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const kindWords = {
  gap: 'kindGap',
  'gaps-not-listed': 'kindGap',
  dropped: 'kindDropped',
  cleared: 'kindCleared',
  stopped: 'kindStopped',
  'reports-not-read': 'kindDropped',
  'before-log': 'kindBefore',
  'after-log': 'kindAfter',
  'other-configuration': 'kindConfiguration',
  'not-collected': 'kindNotCollected',
  settling: 'kindSettling',
} as const satisfies Record<Stretch['kind'], string>;

function rangeText(stretch: Stretch, zone: string): string {
  const from = readMoment(stretch.from);
  const to = readMoment(stretch.to);
  if (from === undefined && to === undefined) return '';
  if (from === undefined) return `– ${clockOf(to ?? 0, zone)}`;
  if (to === undefined) return `${clockOf(from, zone)} –`;
  return dateOf(from, zone) === dateOf(to, zone)
    ? `${clockOf(from, zone)} – ${clockOf(to, zone)}`
    : `${dateClockOf(from, zone, 'minutes')} – ${dateClockOf(to, zone, 'minutes')}`;
}

function minutesOf(stretch: Stretch): number {
  const from = readMoment(stretch.from);
  const to = readMoment(stretch.to);
  if (from === undefined || to === undefined) return 15;
  return Math.min(10_000, Math.max(1, Math.ceil((to - from) / 60_000)));
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
