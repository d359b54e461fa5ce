import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ZeroExplanation } from '../../../../src/server/contracts/explain-zero.ts';
import type { SearchRequest } from '../../../../src/server/contracts/search.ts';
import { apiSend } from '../../api/client.ts';
import { count } from '../../text/quantity.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../../text/time.ts';

interface Props {
  readonly request: SearchRequest;
  readonly onText: (text: string) => void;
}

const spellingWords = {
  inside: 'spellingInside',
  width: 'spellingWidth',
  separators: 'spellingSeparators',
  percent: 'spellingPercent',
  obfuscated: 'spellingObfuscated',
  written: 'spellingWritten',
  utf16: 'spellingUtf16',
  base64: 'spellingBase64',
  decoded: 'spellingDecoded',
} as const satisfies Record<ZeroExplanation['spellings'][number]['kind'], string>;

/** On demand, since it looks through the scope several times: why a search found nothing, and what is there instead. */
export function ZeroExplanationView({ request, onText }: Props) {
  const { t } = useTranslation('search');
  const [asked, setAsked] = useState(false);
  const { text, earliest, latest, timezone } = request;
  const query = useQuery({
    queryKey: ['explain-zero', text, earliest, latest, timezone],
    queryFn: ({ signal }) =>
      apiSend<ZeroExplanation>('POST', '/explain-zero', { text, earliest, latest, timezone }, signal),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (!asked)
    return (
      <button type="button" className="btn sm" onClick={() => setAsked(true)}>
        {t('explainZero')}
      </button>
    );
  if (query.isPending)
    return (
      <p className="zerowait" role="status">
        <span className="skel" style={{ width: 220 }} /> {t('explainingZero')}
      </p>
    );
  if (query.isError) return <p role="alert">{query.error.message}</p>;
  return <Explained zero={query.data} onText={onText} />;
}

function Explained({ zero, onText }: { readonly zero: ZeroExplanation; readonly onText: Props['onText'] }) {
  const { t } = useTranslation('search');
  const zone = useZone();
  const { conditions, spellings, otherFields, fieldNames, elsewhere, stages, coverage, faults, limits } =
    zero;
  const number = (events: number) => ({ count: events, text: count(events) });
  const first = readMoment(elsewhere?.first);
  const last = readMoment(elsewhere?.last);
  return (
    <section className="zerowhy" aria-label={t('explainZero')}>
      {conditions.length > 0 && (
        <table>
          <caption>{t('zeroConditions')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('zeroCondition')}</th>
              <th scope="col">{t('zeroAlone')}</th>
              <th scope="col">{t('zeroUpTo')}</th>
              <th scope="col">{t('zeroWithout')}</th>
            </tr>
          </thead>
          <tbody>
            {conditions.map((condition, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand twice
              <tr key={`${at} ${condition.text}`} className={condition.alone === 0 ? 'none' : undefined}>
                <th scope="row">
                  <code>
                    <RecordedText text={condition.text} most={160} />
                  </code>
                </th>
                <td className="num">{count(condition.alone)}</td>
                <td className="num">{count(condition.upTo)}</td>
                <td className="num">{count(condition.without)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {spellings.length > 0 && (
        <>
          <h3>{t('zeroSpellings')}</h3>
          <ul>
            {spellings.map((spelling) => (
              <li key={`${spelling.kind} ${spelling.text} ${spelling.says}`}>
                <code>
                  <RecordedText text={spelling.text} most={120} />
                </code>{' '}
                {t(spellingWords[spelling.kind])}: {t('zeroEvents', number(spelling.alone))}
                {spelling.more > 0 && <>, {t('zeroMore', number(spelling.more))}</>}{' '}
                <button type="button" className="lnk" onClick={() => onText(spelling.try)}>
                  {t('zeroTry')}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {(otherFields.length > 0 || fieldNames.length > 0) && (
        <>
          <h3>{t('zeroFields')}</h3>
          <ul>
            {fieldNames.map(({ field, like }) => (
              <li key={`name ${field}`}>
                {t('zeroFieldName')}{' '}
                <code>
                  <RecordedText text={field} most={80} />
                </code>
                {like.length > 0 && <> {t('zeroFieldLike', { names: like.join(', ') })}</>}
              </li>
            ))}
            {otherFields.map(({ text, field, events, sampled }) => (
              <li key={`other ${field} ${text}`}>
                <code>
                  <RecordedText text={text} most={80} />
                </code>{' '}
                {t('zeroInField')} <code>{field}</code>: {t('zeroEvents', number(events))}
                {sampled && <> {t('zeroSampled')}</>}
              </li>
            ))}
          </ul>
        </>
      )}
      {elsewhere && elsewhere.events > 0 && (
        <p>
          {t('zeroElsewhere', number(elsewhere.events))}
          {first !== undefined && last !== undefined && (
            <> {t('zeroSpan', { from: dateClockOf(first, zone), to: dateClockOf(last, zone) })}</>
          )}
          {elsewhere.indexes.length > 0 && (
            <> ({elsewhere.indexes.map((index) => `index=${index}`).join(', ')})</>
          )}
        </p>
      )}
      {stages.length > 0 && (
        <>
          <h3>{t('zeroStages')}</h3>
          <ul>
            {stages.map((stage, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same stage may stand twice
              <li key={`${at} ${stage.text}`}>
                <code>
                  <RecordedText text={stage.text} most={160} />
                </code>{' '}
                {t('zeroRows', number(stage.rows))}
              </li>
            ))}
          </ul>
        </>
      )}
      {coverage.hosts.length > 0 && (
        <>
          <h3>{t('zeroCoverage')}</h3>
          <ul>
            {coverage.hosts.map(({ host, holes, more }) => (
              <li key={host}>
                <Link to="/coverage" search={{ find: host, open: host }}>
                  <RecordedText text={host} />
                </Link>{' '}
                {t('zeroHoles', number(holes.length + more))}
              </li>
            ))}
            {coverage.moreHosts && <li>{t('zeroMoreHosts')}</li>}
          </ul>
        </>
      )}
      {faults.length > 0 && (
        <>
          <h3>{t('zeroFaults')}</h3>
          <ul>
            {faults.map((fault) => (
              <li key={`${fault.origin} ${fault.code}`}>
                <RecordedText text={fault.origin} most={160} />: {count(fault.faults)} ({fault.code})
              </li>
            ))}
          </ul>
        </>
      )}
      {limits.map((limit) => (
        <p key={limit} className="dim">
          {limit}
        </p>
      ))}
    </section>
  );
}
