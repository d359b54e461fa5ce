import { useTranslation } from 'react-i18next';
import type { Egress, Unrecorded } from '../../../src/server/contracts/egress.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { destinationName, FirstLast } from './destination-text.tsx';

interface Props {
  readonly egress: Egress;
  readonly most: number;
}

/** Destinations that a process looked up or connected to, of which no proxy has a record. */
export function UnrecordedList({ egress, most }: Props) {
  const { t } = useTranslation('egress');
  const { unrecorded, unrecordedTotal } = egress;
  if (unrecorded.length === 0) return null;
  const shown = unrecorded.slice(0, most);
  return (
    <>
      <h4 className="egh">{t('unrecordedHead')}</h4>
      <ul className="egl">
        {shown.map((each) => (
          <li key={`${each.kind} ${each.process.id} ${each.destination} ${each.port}`} className="egd">
            <span className="m">
              <RecordedText
                text={destinationName({ name: each.destination, port: each.port }) ?? ''}
                most={120}
              />
            </span>
            <span className="vtag v-T">{t(wordOf(each))}</span>
            <span className="how">
              {t('times', { count: each.times })}
              <FirstLast first={each.first} last={each.last} />
            </span>
          </li>
        ))}
      </ul>
      {unrecordedTotal > shown.length && (
        <p className="dim">{t('more', { count: unrecordedTotal - shown.length })}</p>
      )}
    </>
  );
}

/** What its sensor saw counts as it is; a name alone depends on whether there is a proxy's log of that time. */
function wordOf({ kind, proxies }: Unrecorded) {
  if (kind === 'tried') return 'triedOnly';
  const words = {
    covered: 'nameOnly',
    'not-certain': 'notCertain',
    'not-collected': 'notCollected',
  } as const;
  return words[proxies];
}
