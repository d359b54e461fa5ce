import {
  ArrowLeftRight,
  ArrowRight,
  Ban,
  BookOpen,
  CheckCheck,
  CircleDashed,
  CircleDot,
  CircleQuestionMark,
  KeyRound,
  type LucideIcon,
  Unplug,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { VerdictCode, VerdictCount } from '../../../src/server/contracts/egress.ts';
import { count } from '../text/quantity.ts';
import { meaningWords, verdictWords } from './egress-words.ts';

export const verdictIcons: Readonly<Record<VerdictCode, LucideIcon>> = {
  C: CheckCheck,
  B: ArrowLeftRight,
  S: ArrowRight,
  O: CircleDashed,
  U: CircleQuestionMark,
  F: Unplug,
  A: KeyRound,
  P: Ban,
  T: CircleDot,
  N: BookOpen,
};

interface Props {
  readonly code: VerdictCode;
  /** How many connections have it; absent: one. */
  readonly times?: number;
}

/** A verdict by icon and words; its title says what it proves. */
export function VerdictTag({ code, times }: Props) {
  const { t } = useTranslation('egress');
  const Icon = verdictIcons[code];
  return (
    <span className={`vtag v-${code}`} title={t(meaningWords[code])}>
      <Icon className="i" size={12} aria-hidden />
      {times !== undefined && <b className="num">{count(times)}</b>}
      {t(verdictWords[code])}
    </span>
  );
}

interface MixProps {
  readonly verdicts: readonly VerdictCount[];
  /** How many of them a cache answered. */
  readonly cached: number;
}

/** The verdicts of a destination's connections; of one kind, without its number. */
export function VerdictMix({ verdicts, cached }: MixProps) {
  const { t } = useTranslation('egress');
  const all = verdicts.reduce((sum, { count: times }) => sum + times, 0);
  return (
    <span className="vmix">
      {verdicts.map(({ code, count: times }) => (
        <VerdictTag key={code} code={code} {...(verdicts.length > 1 && { times })} />
      ))}
      {cached > 0 && (
        <span className="sub2">
          {t('flagCache')}
          {cached < all && ` × ${count(cached)}`}
        </span>
      )}
    </span>
  );
}
