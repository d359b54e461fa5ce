import { ChevronDown, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EgressDestination } from '../../../src/server/contracts/egress.ts';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { ConnectionList } from './connection-list.tsx';
import {
  BothWays,
  destinationName,
  FirstLast,
  joinText,
  RepetitionText,
  tiersTitle,
} from './destination-text.tsx';
import type { EgressChange, EgressLink } from './egress-link.ts';
import { ProcessLink } from './process-link.tsx';
import { VerdictMix } from './verdict-tag.tsx';

interface Props {
  readonly destination: EgressDestination;
  readonly link: EgressLink;
  readonly go: (change: EgressChange) => void;
}

/** A destination; opened, its records one by one. */
export function DestinationRows({ destination, link, go }: Props) {
  const { t } = useTranslation('egress');
  const { key, connections, unexplained, verdicts, bytesOut, bytesIn, first, last, repetition } = destination;
  const name = destinationName(destination) ?? t('noName');
  const open = link.open === key;
  const Caret = open ? ChevronDown : ChevronRight;
  return (
    <>
      <tr className="dst">
        <td>
          <button
            type="button"
            className="opn"
            aria-expanded={open}
            aria-label={t(open ? 'close' : 'open', { name })}
            onClick={() => go({ open: open ? undefined : key })}
          >
            <Caret className="i" size={12} aria-hidden />
            <RecordedText text={name} most={200} />
          </button>
          {destination.host !== link.host && destination.host !== null && (
            <span className="sub2">
              <RecordedText text={t('hostUnsure', { hosts: destination.host })} />
            </span>
          )}
        </td>
        <td>
          <VerdictMix verdicts={verdicts} cached={destination.cached} />
        </td>
        <td className="r num once">
          {count(connections)}
          {unexplained > 0 && unexplained < connections && (
            <span className="sub2">{t('partlyUnexplained', { count: unexplained })}</span>
          )}
        </td>
        <td>
          <BothWays out={bytesOut} back={bytesIn} />
        </td>
        <td className="once">
          <FirstLast first={first} last={last} />
          <span className="sub2">
            <RepetitionText repetition={repetition} />
          </span>
        </td>
        <td>
          <FirstProcess destination={destination} link={link} />
        </td>
      </tr>
      {open && (
        <tr className="recs">
          <td colSpan={6}>
            <ConnectionList destination={destination} link={link} go={go} />
          </td>
        </tr>
      )}
    </>
  );
}

function FirstProcess({ destination, link }: Pick<Props, 'destination' | 'link'>) {
  const { t } = useTranslation('egress');
  const { processes, processesTotal, connections, unexplained } = destination;
  const [first] = processes;
  if (first === undefined) return <span>{t('noProcess')}</span>;
  return (
    <>
      <ProcessLink process={first.process} link={link} />
      {unexplained === connections && (
        <span className="pill doubt" title={t('isCandidateTitle')}>
          {t('isCandidate')}
        </span>
      )}
      <span className="sub2" title={tiersTitle(first.tiers, t)}>
        {joinText({ ...first, undecided: first.decided === 0 }, t)}
        {processesTotal > 1 && ` · ${t('others', { count: processesTotal - 1 })}`}
      </span>
    </>
  );
}
