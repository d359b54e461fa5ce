import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../../../src/server/contracts/editor.ts';
import type { SearchRequest, SearchState } from '../../../../src/server/contracts/search.ts';
import { count } from '../../text/quantity.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { clockOf, dateClockOf, dateOf, readMoment, useZone } from '../../text/time.ts';
import { baseOf } from '../base-search.ts';
import { askRows } from './ask-rows.ts';
import { type BaseTerm, baseTerms } from './base-terms.ts';
import { RunWarnings } from './run-warnings.tsx';
import { ZeroExplanationView } from './zero-explanation.tsx';

interface Props {
  readonly state: SearchState;
  readonly request: SearchRequest;
  readonly tokens: Check['tokens'] | undefined;
  readonly onText: (text: string) => void;
  readonly onEverything: (() => void) | undefined;
  readonly onGoTo: (from: number, to: number) => void;
}

interface TermCount {
  readonly term: BaseTerm;
  readonly matches: number;
}

async function countOf(text: string, request: SearchRequest, signal: AbortSignal): Promise<number> {
  const asked = await askRows({ ...request, text: `${text} | stats count` }, signal);
  return Number(asked.rows[0]?.[0] ?? 0);
}

/** Nothing was found: what was searched, and which condition is the one that leaves nothing. */
export function ZeroResult({ state, request, tokens, onText, onEverything, onGoTo }: Props) {
  const { t } = useTranslation('search');
  const zone = useZone();
  const why = useQuery({
    queryKey: ['zero', state.id],
    queryFn: async ({ signal }) => {
      if (!tokens) return undefined;
      const base = baseOf(request.text, tokens);
      const whole = base === '' ? 0 : await countOf(base, request, signal);
      const terms: TermCount[] = [];
      if (whole === 0)
        for (const term of baseTerms(request.text, tokens)) {
          const matches = await countOf(term.without, request, signal);
          if (matches > 0) terms.push({ term, matches });
        }
      return { whole, terms };
    },
    enabled: tokens !== undefined && state.scope !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { scope } = state;
  const first = readMoment(scope?.first);
  const last = readMoment(scope?.last);
  const sameDay = first !== undefined && last !== undefined && dateOf(first, zone) === dateOf(last, zone);
  const span =
    first === undefined || last === undefined
      ? ''
      : t('spanFromTo', {
          from: dateClockOf(first, zone),
          to: sameDay ? clockOf(last, zone) : dateClockOf(last, zone),
        });
  const pipe = tokens?.find((token) => token.kind === 'pipe');
  return (
    <div className="zero">
      <b>{t('noneMatches')}</b>
      <p>
        {scope &&
          (scope.events === 0
            ? t('scopeEmpty')
            : t('searchedAll', { count: scope.events, text: count(scope.events), span }))}
        {(why.data?.whole ?? 0) > 0 && (
          <> {t('lostBehindPipe', { count: why.data?.whole ?? 0, text: count(why.data?.whole ?? 0) })}</>
        )}
      </p>
      {why.isFetching && <span className="skel" style={{ width: 220 }} />}
      {why.data && why.data.terms.length > 0 && (
        <ul>
          {why.data.terms.map(({ term, matches }) => (
            <li key={term.text}>
              <code>
                <RecordedText text={term.text} most={120} />
              </code>{' '}
              {t('withoutIt', { count: matches, text: count(matches) })}{' '}
              <button
                type="button"
                className="lnk"
                onClick={() => onText(`${term.without}${pipe ? `\n${request.text.slice(pipe.from)}` : ''}`)}
              >
                {t('searchWithout')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <RunWarnings state={state} onGoTo={onGoTo} />
      {onEverything && (
        <button type="button" className="btn sm" onClick={onEverything}>
          {t('searchAllTime')}
        </button>
      )}
      {scope && scope.events > 0 && <ZeroExplanationView key={state.id} request={request} onText={onText} />}
    </div>
  );
}
