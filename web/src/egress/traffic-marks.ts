import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerdictCode } from '../../../src/server/contracts/egress.ts';
import { marksQuery } from './egress-queries.ts';
import { countsText } from './egress-words.ts';

/** The mark of a process in the tree: made once, so that a row only shows it. */
export interface TrafficMark {
  readonly code: VerdictCode;
  /** Whether it is explained by the process, or no more than likely. */
  readonly sure: boolean;
  readonly title: string;
}

/** The marks of a host's processes by their ids; empty until its egress has been read. */
export function useTrafficMarks(host: string, asof: string | undefined): ReadonlyMap<string, TrafficMark> {
  const { t } = useTranslation('egress');
  const { data } = useQuery(marksQuery(host, asof));
  return useMemo(() => {
    const marks = new Map<string, TrafficMark>();
    for (const { id, explained, possible } of data?.marks ?? []) {
      const first = explained[0] ?? possible[0];
      if (first === undefined) continue;
      const lines = [
        ...(explained.length > 0 ? [t('markExplained', { list: countsText(explained, t) })] : []),
        ...(possible.length > 0 ? [t('markPossible', { list: countsText(possible, t) })] : []),
      ];
      marks.set(id, { code: first.code, sure: explained.length > 0, title: lines.join('\n') });
    }
    return marks;
  }, [data, t]);
}
