import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Egress, EgressDestination } from '../../../src/server/contracts/egress.ts';
import type { PanelSubject } from '../process/process-queries.ts';
import { useReasonText } from '../process/reason-text.ts';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import {
  BothWays,
  destinationName,
  FirstLast,
  joinText,
  RepetitionText,
  tiersTitle,
} from './destination-text.tsx';
import { processEgressQuery } from './egress-queries.ts';
import { UnrecordedList } from './unrecorded-list.tsx';
import { VerdictMix } from './verdict-tag.tsx';
import './egress.css';

interface Props {
  readonly subject: PanelSubject;
  readonly onRaw: (eventId: string) => void;
}

/** What came of the process's connections, by the records of proxies. */
export function VerdictSection({ subject, onRaw }: Props) {
  const { t } = useTranslation('egress');
  const { data, error, isPending, refetch } = useQuery(processEgressQuery(subject));
  return (
    <section aria-labelledby="panel-egress" id="panel-egress-section" aria-busy={isPending}>
      <h3 id="panel-egress">
        {t('section')}
        {data && <span className="sub num">{count(data.destinationsTotal)}</span>}
      </h3>
      {error ? (
        <p className="lead" role="alert">
          {t('failed')} {error.message}{' '}
          <button type="button" className="lnk" onClick={() => void refetch()}>
            {t('tryAgain')}
          </button>
        </p>
      ) : data ? (
        <Verdicts egress={data} subject={subject} onRaw={onRaw} />
      ) : (
        <span className="skel" />
      )}
    </section>
  );
}

function Verdicts({ egress, subject, onRaw }: Props & { readonly egress: Egress }) {
  const { t } = useTranslation('egress');
  const { host, asof, id } = subject;
  const { process, destinations, destinationsTotal } = egress;
  return (
    <>
      {egress.records === 0 ? (
        <p className="lead">
          {t('noRecords')} {t('noRecordsHint')}
        </p>
      ) : (
        <>
          {process && <Covered process={process} />}
          {destinations.length === 0 && <p className="lead">{t('noneJoined')}</p>}
        </>
      )}
      <ul className="egl">
        {destinations.map((each) => (
          <Joined key={each.key} destination={each} onRaw={onRaw} />
        ))}
      </ul>
      <UnrecordedList egress={egress} most={10} />
      {process !== null && process.behind.connections > 0 && (
        <p className="dim">
          {t('behind', { count: process.behind.connections, destinations: process.behind.destinations })}
        </p>
      )}
      {destinations.length > 0 && (
        <p className="dim">
          {destinationsTotal > destinations.length &&
            `${t('more', { count: destinationsTotal - destinations.length })}. `}
          <Link className="lnk" to="/egress" search={{ host, id, ...(asof !== undefined && { asof }) }}>
            {t('allOfProcess')}
          </Link>
        </p>
      )}
    </>
  );
}

const proxiesWords = {
  covered: 'proxiesCovered',
  'not-certain': 'proxiesNotCertain',
  'not-collected': 'proxiesNotCollected',
} as const;

/** Whether proxies' logs hold its life, and what its own sensor may have missed. */
function Covered({ process }: { readonly process: NonNullable<Egress['process']> }) {
  const { t } = useTranslation('egress');
  const reason = useReasonText();
  const [why] = process.sensor.reasons;
  return (
    <p className="lead">
      {process.proxies !== null && t(proxiesWords[process.proxies])}{' '}
      {why !== undefined && process.sensor.answer !== 'yes' && process.sensor.answer !== 'no' && (
        <RecordedText text={t('sensorMayMiss', { why: reason(why) })} />
      )}
    </p>
  );
}

interface JoinedProps {
  readonly destination: EgressDestination;
  readonly onRaw: (eventId: string) => void;
}

function Joined({ destination, onRaw }: JoinedProps) {
  const { t } = useTranslation('egress');
  const { own, connections, verdicts, bytesOut, bytesIn, first, last, repetition, eventId } = destination;
  const name = destinationName(destination);
  const candidate = own !== null && own.explained === 0;
  return (
    <li className="egd">
      <button type="button" className="evsum m" title={t('raw')} onClick={() => onRaw(eventId)}>
        {name === undefined ? t('noName') : <RecordedText text={name} most={120} />}
      </button>
      <VerdictMix verdicts={verdicts} cached={destination.cached} />
      {own && (
        <span className="how" title={tiersTitle(own.tiers, t)}>
          {candidate ? (
            <span className="pill doubt" title={t('isCandidateTitle')}>
              {t('isCandidate')}
            </span>
          ) : (
            own.explained < connections && (
              <span className="pill doubt">
                {t('partlyUnexplained', { count: connections - own.explained })}
              </span>
            )
          )}
          {joinText({ ...own, undecided: own.undecided === connections }, t)}
        </span>
      )}
      <span className="how">
        <BothWays out={bytesOut} back={bytesIn} />
        <FirstLast first={first} last={last} />
        <RepetitionText repetition={repetition} />
      </span>
    </li>
  );
}
