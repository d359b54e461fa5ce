import { Monitor } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Coverage, CoverageClass, CoverageHost } from '../../../src/server/contracts/coverage.ts';
import { useEventClassLabel } from '../process/class-label.ts';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import type { TimeSpan } from '../tree/model/time-axis.ts';
import { ClassIcon } from './class-icon.tsx';
import type { CoverageLink } from './coverage-link.ts';
import { HeatStrip } from './heat-strip.tsx';
import { ClassAnswer } from './host-rows.tsx';

interface Props {
  readonly hosts: readonly CoverageHost[];
  readonly shares: Coverage['shares'];
  readonly span: TimeSpan;
  readonly link: CoverageLink;
}

/** The same strips by class of events: a row for each host that could have recorded it. */
export function ClassRows({ hosts, shares, span, link }: Props) {
  const { t } = useTranslation('coverage');
  const label = useEventClassLabel();
  return shares.map((share) => (
    <Fragment key={share.class}>
      <div className="vrow chan" role="row" aria-level={1}>
        <div className="vn" role="gridcell">
          <ClassIcon name={share.class} />
          <b>{label(share.class, share.label)}</b>
        </div>
        <div className="vs" role="gridcell" />
        <div className="ve num" role="gridcell" />
        <div className="vd num" role="gridcell" />
        <div className="vl" role="gridcell" />
        <div className="va" role="gridcell">
          <span className="ans of">{t('hostsOf', { count: share.hosts })}</span>
        </div>
      </div>
      {hosts.map((host) => {
        const each = bestOf(host, share.class);
        const answer = host.answers.find((one) => one.class === share.class);
        return (
          <div className="vrow cls" key={host.host} role="row" aria-level={2}>
            <div className="vn" role="gridcell">
              <Monitor className="i" size={13} aria-hidden />
              <span className="cname">
                <RecordedText text={host.host} />
              </span>
            </div>
            <div className="vs" role="gridcell">
              <HeatStrip
                host={host.host}
                name={share.class}
                parts={each?.parts ?? []}
                stretches={each?.stretches ?? []}
                marks={[]}
                span={span}
                asof={link.asof}
                whole={each === undefined || each.eventsEver === 0 ? (answer?.reasons ?? []) : undefined}
              />
            </div>
            <div className="ve num" role="gridcell">
              {count(each?.events ?? 0)}
            </div>
            <div className="vd num" role="gridcell">
              {each && each.dropped > 0 ? count(each.dropped) : ''}
            </div>
            <div className="vl" role="gridcell" />
            <div className="va" role="gridcell">
              {answer && <ClassAnswer each={answer} />}
            </div>
          </div>
        );
      })}
    </Fragment>
  ));
}

/** The channel that tells most of a class. */
function bestOf(host: CoverageHost, name: string): CoverageClass | undefined {
  return host.channels
    .flatMap((channel) => channel.classes.filter((each) => each.class === name))
    .sort((one, other) => other.eventsEver - one.eventsEver)[0];
}
