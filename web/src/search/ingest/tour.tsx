import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HostList } from '../../../../src/server/contracts/tree.ts';
import { apiGet } from '../../api/client.ts';

/** The first story's search, as it is pasted into Splunk. */
const pstreeSearch = String.raw`index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1 user=wallylambic
| rex field=ParentImage "\x5c(?<ParentName>[^\x5c]+)$"
| rex field=Image "\x5c(?<ProcessName>[^\x5c]+)$"
| eval parent = ParentName." (".ParentProcessId.")"
| eval child = ProcessName." (".ProcessId.")"
| eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine
| pstree child=child parent=parent detail=detail spaces=50
| search tree=*Salaries.xls*
| table tree`;

const finderSearch = `index=main EventCode=1 CommandLine="*Salaries.xls*"
| table _time host user process_name process_id parent_process_name CommandLine`;

/** The five pitfalls of a hunt in logs, each to be seen in the demonstration case. Shown only where the case is. */
export function Tour() {
  const { t } = useTranslation('search');
  const hosts = useQuery({ queryKey: ['hosts'], queryFn: () => apiGet<HostList>('/hosts') });
  const named = (name: string): string | undefined =>
    hosts.data?.hosts.find((host) => host.host.toLowerCase().startsWith(name))?.host;
  const story = named('ws-sal-02');
  if (story === undefined || !hosts.data) return null;
  return (
    <section className="tour">
      <h2>{t('tour')}</h2>
      <p>{t('tourHint')}</p>
      <ol>
        <li>
          <h3>{t('pitfall1')}</h3>
          <p>{t('pitfall1Text')}</p>
          <span>
            <Link className="btn sm" to="/search" search={{ q: finderSearch, run: true, step: 0 }}>
              {t('pitfall1Find')}
            </Link>
            <Link className="btn sm" to="/search" search={{ q: pstreeSearch, run: true, step: 1 }}>
              {t('pitfall1Draw')}
            </Link>
            <Link
              className="btn sm"
              to="/compare"
              search={{ host: story, match: 'Invoice 2024', method: 'first' }}
            >
              {t('pitfall1Compare')}
            </Link>
          </span>
        </li>
        <li>
          <h3>{t('pitfall2')}</h3>
          <p>{t('pitfall2Text')}</p>
          <span>
            <Link className="btn sm" to="/tree" search={{ host: story, match: 'R43H.dll' }}>
              {t('pitfall2Open')}
            </Link>
          </span>
        </li>
        <li>
          <h3>{t('pitfall3')}</h3>
          <p>{t('pitfall3Text')}</p>
          <span>
            <Link className="btn sm" to="/coverage">
              {t('pitfall3Open')}
            </Link>
          </span>
        </li>
        <li>
          <h3>{t('pitfall4')}</h3>
          <p>{t('pitfall4Text')}</p>
          <span>
            <Link
              className="btn sm"
              to="/search"
              search={{
                q: `index=main EventCode=3 host=${story}*\n| stats count BY process_name`,
                run: true,
                step: 0,
              }}
            >
              {t('pitfall4Open')}
            </Link>
            <Link className="btn sm" to="/tree" search={{ host: story, pid: 9404 }}>
              {t('pitfall4Loader')}
            </Link>
          </span>
        </li>
        <li>
          <h3>{t('pitfall5')}</h3>
          <p>{t('pitfall5Text')}</p>
          <span>
            <Link
              className="btn sm"
              to="/search"
              search={{ q: 'index=main EventCode=4688 user=wallylambic "Salarie.xls"', run: true, step: 0 }}
            >
              {t('pitfall5Open')}
            </Link>
          </span>
        </li>
      </ol>
    </section>
  );
}
