import { useTranslation } from 'react-i18next';
import type {
  DestinationProcess,
  EgressDestination,
  Repetition as RepetitionMessage,
} from '../../../src/server/contracts/egress.ts';
import { bytes } from '../text/quantity.ts';
import { clockOf, dateClockOf, dateOf, readMoment, useZone } from '../text/time.ts';
import { type EgressWords, spanText, tierWords } from './egress-words.ts';

/** `203.0.113.45:8080`; undefined where the records name none. */
export function destinationName({
  name,
  port,
}: Pick<EgressDestination, 'name' | 'port'>): string | undefined {
  if (name === null) return undefined;
  const host = name.includes(':') ? `[${name}]` : name;
  return port === null ? host : `${host}:${port}`;
}

interface BytesProps {
  readonly out: number | null;
  readonly back: number | null;
}

/** Bytes both ways; what was not counted is a dash. */
export function BothWays({ out, back }: BytesProps) {
  const { t } = useTranslation('egress');
  return (
    <span className="num ways" title={t('bytesTitle')}>
      ↑{out === null ? '–' : bytes(out)} ↓{back === null ? '–' : bytes(back)}
    </span>
  );
}

/** From the first to the last, the date once. */
export function FirstLast({ first, last }: { readonly first: string | null; readonly last: string | null }) {
  const zone = useZone();
  const from = readMoment(first);
  const to = readMoment(last);
  if (from === undefined) return null;
  const start = dateClockOf(from, zone);
  if (to === undefined || to === from) return <span className="num moment">{start}</span>;
  const end = dateOf(from, zone) === dateOf(to, zone) ? clockOf(to, zone) : dateClockOf(to, zone);
  return (
    <span className="num">
      <span className="moment">{start}</span> – <span className="moment">{end}</span>
    </span>
  );
}

/** What comes back sooner than this is one visit. Milliseconds. */
const briefest = 1_000;

export function RepetitionText({ repetition }: { readonly repetition: RepetitionMessage | null }) {
  const { t } = useTranslation('egress');
  if (repetition === null || repetition.medianMs < briefest) return null;
  const { count, medianMs, deviationMs, variation } = repetition;
  return (
    <span className="rept" title={t('repeatsTitle', { variation: variation.toFixed(2) })}>
      {t('repeats', { median: spanText(medianMs), deviation: spanText(deviationMs), count })}
    </span>
  );
}

/** `tier 3, likeliest of 33`. */
export function joinText(
  {
    tiers,
    competing,
    undecided,
  }: Pick<DestinationProcess, 'tiers' | 'competing'> & { readonly undecided: boolean },
  t: EgressWords,
): string {
  const [first] = tiers;
  const tier =
    tiers.length === 1 && first !== undefined
      ? t('tier', { tier: first.tier })
      : tiers.map((each) => t('tierFor', { tier: each.tier, count: each.count })).join(', ');
  return `${tier}, ${standingText(competing, undecided, t)}`;
}

export function standingText(competing: number, undecided: boolean, t: EgressWords): string {
  if (competing === 0) return t('only');
  return t(undecided ? 'undecided' : 'likeliest', { of: competing + 1 });
}

/** What the tiers mean, for a title. */
export function tiersTitle(tiers: DestinationProcess['tiers'], t: EgressWords): string {
  return tiers.map(({ tier }) => t(tierWords[tier])).join('\n');
}
