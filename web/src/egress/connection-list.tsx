import { useInfiniteQuery } from '@tanstack/react-query';
import { Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type {
  EgressCandidate,
  EgressConnection,
  EgressDestination,
} from '../../../src/server/contracts/egress.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';
import { BothWays, standingText } from './destination-text.tsx';
import type { EgressChange, EgressLink } from './egress-link.ts';
import { connectionsQuery } from './egress-queries.ts';
import { againstWords, flagWords, forText, tierWords } from './egress-words.ts';
import { ProcessLink } from './process-link.tsx';
import { useVerdictReason } from './verdict-reason.ts';
import { VerdictTag } from './verdict-tag.tsx';

interface Props {
  readonly destination: EgressDestination;
  readonly link: EgressLink;
  readonly go: (change: EgressChange) => void;
}

/** The records of a destination, each with what it rests on and who may have made the connection. */
export function ConnectionList({ destination, link, go }: Props) {
  const { t } = useTranslation('egress');
  const zone = useZone();
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery(
    connectionsQuery(link, destination.key, zone),
  );
  if (error) return <p role="alert">{error.message}</p>;
  if (data === undefined) return <span className="skel" />;
  const connections = data.pages.flatMap((page) => page.connections);
  const total = data.pages[0]?.total ?? 0;
  return (
    <>
      <ul>
        {connections.map((each) => (
          <Connection key={each.eventId} connection={each} link={link} go={go} />
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="lnk" onClick={() => void fetchNextPage()}>
          {t('moreRecords', { count: total - connections.length })}
        </button>
      )}
    </>
  );
}

interface ConnectionProps {
  readonly connection: EgressConnection;
  readonly link: EgressLink;
  readonly go: (change: EgressChange) => void;
}

function Connection({ connection, link, go }: ConnectionProps) {
  const { t } = useTranslation('egress');
  const zone = useZone();
  const reason = useVerdictReason();
  const { verdict, candidates, competing, tier, standing, explained, method, url } = connection;
  const left = competing + 1 - candidates.length;
  return (
    <li className="egrec">
      <div className="l">
        <button
          type="button"
          className="lnk num"
          title={t('raw')}
          onClick={() => go({ raw: connection.eventId })}
        >
          {dateClockOf(readMoment(connection.time) ?? 0, zone, 'milliseconds')}
        </button>
        <VerdictTag code={verdict.code} />
        <BothWays out={connection.bytesOut} back={connection.bytesIn} />
        {connection.status !== null && (
          <span className="num">{t('statusOf', { status: connection.status })}</span>
        )}
        {connection.contentType !== null && <RecordedText text={connection.contentType} most={80} />}
        <span className="m url">
          <RecordedText text={[method, url].filter((each) => each !== null).join(' ')} most={300} />
        </span>
      </div>
      <div className="l why1">
        <RecordedText text={reason(verdict)} most={300} />
        {verdict.flags.map((flag) => (
          <span key={flag}>{t(flagWords[flag])}</span>
        ))}
        {verdict.code === 'C' && verdict.complete === 'no' && <span>{t('incomplete')}</span>}
        <span className="num">
          {t('clientAt', {
            client: `${connection.client}${connection.clientPort === null ? '' : `:${connection.clientPort}`}`,
          })}
        </span>
        {connection.serverAddress !== null && (
          <span className="num">{t('serverAt', { server: connection.serverAddress })}</span>
        )}
        {connection.user !== null && <RecordedText text={connection.user} most={80} />}
        {connection.userAgent !== null && <RecordedText text={connection.userAgent} most={120} />}
      </div>
      <div className="l why1">
        <span className={explained ? 'pill' : 'pill doubt'} title={explained ? '' : t('isCandidateTitle')}>
          {t(explained ? 'isExplained' : 'isCandidate')}
        </span>
        {tier === null ? (
          <span>{t('none')}</span>
        ) : (
          <span>
            {t(tierWords[tier])}; {standingText(competing, standing === 'undecided', t)}
          </span>
        )}
      </div>
      <ol>
        {candidates.map((candidate) => (
          <Candidate key={candidate.process.id} candidate={candidate} link={link} />
        ))}
      </ol>
      {candidates.length > 0 && left > 0 && <p className="dim">{t('moreCandidates', { count: left })}</p>}
    </li>
  );
}

function Candidate({ candidate, link }: { readonly candidate: EgressCandidate; readonly link: EgressLink }) {
  const { t } = useTranslation('egress');
  return (
    <li>
      <ProcessLink process={candidate.process} link={link} />
      <ul className="pc">
        {candidate.for.map((each) => (
          <li className="for" key={`${each.kind} ${each.via}`}>
            <Plus className="i" size={11} aria-label={t('speaksFor')} />
            {forText(each, t)}
          </li>
        ))}
        {candidate.against.map((each) => (
          <li className="con" key={each}>
            <Minus className="i" size={11} aria-label={t('speaksAgainst')} />
            {t(againstWords[each])}
          </li>
        ))}
      </ul>
    </li>
  );
}
