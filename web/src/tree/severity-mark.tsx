import { Diamond, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Severity } from './model/tree-columns.ts';

type Shown = Exclude<Severity, 'none'>;

const icons = { low: Info, medium: Diamond, high: TriangleAlert, critical: OctagonAlert };
const classes = { low: 'sev-low', medium: 'sev-med', high: 'sev-high', critical: 'sev-crit' };
const words = {
  low: 'severityLow',
  medium: 'severityMedium',
  high: 'severityHigh',
  critical: 'severityCritical',
} as const;

interface Props {
  readonly severity: Severity;
  /** Flags in all; shown from two on. */
  readonly count?: number;
  readonly title?: string | undefined;
}

/** The severity of a flag: icon, word and number. */
export function SeverityMark({ severity, count = 1, title }: Props) {
  const { t } = useTranslation('tree');
  if (severity === 'none') return null;
  const Icon = icons[severity];
  return (
    <span className={`sev ${classes[severity]}`} title={title}>
      <Icon className="i" size={13} aria-hidden />
      <span>{t(words[severity])}</span>
      {count > 1 && <b>{count}</b>}
    </span>
  );
}

export function severityWord(severity: Shown): (typeof words)[Shown] {
  return words[severity];
}
