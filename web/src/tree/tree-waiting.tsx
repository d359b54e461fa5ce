import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';
import { selectionOf, type TreeLink } from './tree-link.ts';
import { firstStartsQuery } from './tree-queries.ts';

/** What stands while a tree is made: of a whole host its first starts as recorded, else rows of the depths that trees have. */
export function TreeWaiting({ link }: { readonly link: TreeLink }) {
  const { t } = useTranslation('tree');
  const { host, asof, ...part } = selectionOf(link);
  const isWhole = Object.values(part).every((each) => each === undefined);
  const { data } = useQuery(firstStartsQuery(isWhole ? host : undefined, asof));
  const hasStarts = data !== undefined && data.starts.length > 0;
  return (
    <div className="treepage" aria-busy="true">
      <div className="ctx">{hasStarts && <b>{host}</b>}</div>
      <div className="facts" role="status">
        {hasStarts && (
          <div className="fact">{t('linking', { count: data.total, text: count(data.total) })}</div>
        )}
      </div>
      <div className="work bare">
        <div className="left">
          <div className="bar-t" />
          <div className="grid">{hasStarts ? <FirstStarts starts={data.starts} /> : <Skeleton />}</div>
        </div>
      </div>
      <div className="foot" />
    </div>
  );
}

interface Starts {
  readonly starts: readonly {
    readonly time: string | null;
    readonly pid: string | null;
    readonly name: string;
    readonly user: string | null;
    readonly commandLine: string | null;
  }[];
}

function FirstStarts({ starts }: Starts) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  return (
    <table className="firststarts">
      <caption>{t('firstStarts')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('columnStart')}</th>
          <th scope="col">{t('columnProcess')}</th>
          <th scope="col">{t('columnUser')}</th>
          <th scope="col">{t('columnCommand')}</th>
        </tr>
      </thead>
      <tbody>
        {starts.map(({ time, pid, name, user, commandLine }) => (
          <tr key={`${time} ${pid} ${name}`}>
            <td className="num">{dateClockOf(readMoment(time) ?? 0, zone, 'milliseconds')}</td>
            <td>
              <RecordedText text={name} most={80} className="nm" /> <span className="pid">{pid}</span>
            </td>
            <td>
              <RecordedText text={user ?? ''} most={60} />
            </td>
            <td className="m">
              <RecordedText text={commandLine ?? ''} most={300} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const depths = [0, 1, 2, 2, 3, 3, 4, 4, 4, 5, 3, 2, 1, 2, 3, 3];

function Skeleton() {
  return depths.map((depth, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: made of nothing but depths
    <div key={at} className="skelrow">
      <span className="skel" style={{ marginLeft: 24 + depth * 12, width: 90 + ((at * 37) % 60) }} />
      <span className="skel" style={{ width: 200 + ((at * 53) % 220) }} />
    </div>
  ));
}
