import {
  Check,
  ChevronDown,
  ChevronRight,
  CircleQuestionMark,
  EqualNot,
  Layers,
  Monitor,
} from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoverageChannel, CoverageClass, CoverageHost } from '../../../src/server/contracts/coverage.ts';
import type { LatenessMessage } from '../../../src/server/contracts/tree.ts';
import { useEventClassLabel } from '../process/class-label.ts';
import { useReasonText } from '../process/reason-text.ts';
import { durationText } from '../text/duration.ts';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import type { TimeSpan } from '../tree/model/time-axis.ts';
import { ClassIcon } from './class-icon.tsx';
import type { CoverageChange, CoverageLink } from './coverage-link.ts';
import { HeatStrip } from './heat-strip.tsx';

interface Props {
  readonly host: CoverageHost;
  readonly span: TimeSpan;
  readonly link: CoverageLink;
  readonly go: (change: CoverageChange) => void;
}

/** A host: one strip; opened, its channels with a strip for each class of events. */
export function HostRows({ host, span, link, go }: Props) {
  const { t } = useTranslation('coverage');
  const names = (link.open ?? '').split(',').filter((name) => name !== '');
  const open = names.includes(host.host);
  const toggle = (): void => {
    const next = open ? names.filter((name) => name !== host.host) : [...names, host.host];
    go({ open: next.length === 0 ? undefined : next.join(',') });
  };
  const Caret = open ? ChevronDown : ChevronRight;
  return (
    <>
      <div className="vrow host" role="row" aria-level={1} aria-expanded={open}>
        <div className="vn" role="gridcell">
          <button
            type="button"
            className="car"
            aria-label={t(open ? 'close' : 'open', { host: host.host })}
            onClick={toggle}
          >
            <Caret className="i" size={12} aria-hidden />
          </button>
          <Monitor className="i" size={14} aria-hidden />
          <b className="hn">
            <RecordedText text={host.host} />
          </b>
        </div>
        <div className="vs" role="gridcell">
          <HeatStrip
            host={host.host}
            name=""
            parts={host.parts}
            stretches={host.stretches}
            marks={host.channels.flatMap((channel) => channel.marks)}
            span={span}
            asof={link.asof}
            tall
          />
        </div>
        <Numbers events={host.events} dropped={host.dropped} lateness={host.lateness} />
        <div className="va" role="gridcell">
          <span className={host.certain === host.of ? 'ans yes' : 'ans of'}>
            {t('certainOf', { certain: host.certain, of: host.of })}
          </span>
        </div>
      </div>
      {open &&
        host.channels.map((channel) => (
          <Channel key={channel.channel} host={host} channel={channel} span={span} asof={link.asof} />
        ))}
    </>
  );
}

interface ChannelProps {
  readonly host: CoverageHost;
  readonly channel: CoverageChannel;
  readonly span: TimeSpan;
  readonly asof: string | undefined;
}

function Channel({ host, channel, span, asof }: ChannelProps) {
  const { t } = useTranslation('coverage');
  const reason = useReasonText();
  const sound = channel.recordIds.verdict === 'contiguous';
  const gaps = channel.recordIds.verdict === 'gaps';
  const Icon = sound ? Check : gaps ? EqualNot : CircleQuestionMark;
  const said = sound ? t('idsRunOn') : gaps ? t('idsGaps') : reason(channel.recordIds.reason);
  return (
    <Fragment>
      <div className="vrow chan" role="row" aria-level={2}>
        <div className="vn" role="gridcell">
          <Layers className="i" size={13} aria-hidden />
          <b title={channel.channel}>
            <RecordedText text={shortChannel(channel.channel)} />
          </b>
        </div>
        <div className="vs" role="gridcell">
          <span className={gaps ? 'note1 warn' : 'note1'} title={reason(channel.recordIds.reason)}>
            <Icon className="i" size={12} aria-hidden />
            <span>{said}</span>
          </span>
        </div>
        <Numbers events={channel.events} dropped={channel.dropped} lateness={channel.lateness} />
        <div className="va" role="gridcell" />
      </div>
      {channel.classes.map((each) => (
        <ClassRow key={each.class} host={host} channel={channel} each={each} span={span} asof={asof} />
      ))}
    </Fragment>
  );
}

function ClassRow({ host, channel, each, span, asof }: ChannelProps & { readonly each: CoverageClass }) {
  const label = useEventClassLabel();
  return (
    <div className="vrow cls" role="row" aria-level={3}>
      <div className="vn" role="gridcell">
        <ClassIcon name={each.class} />
        <span className="cname">{label(each.class, each.label)}</span>
      </div>
      <div className="vs" role="gridcell">
        <HeatStrip
          host={host.host}
          name={each.class}
          parts={each.parts}
          stretches={each.stretches}
          marks={channel.marks.filter((mark) => mark.kind === 'cleared')}
          span={span}
          asof={asof}
          whole={each.product === null || each.eventsEver === 0 ? each.reasons : undefined}
        />
      </div>
      <div className="ve num" role="gridcell">
        {count(each.events)}
      </div>
      <div className="vd num" role="gridcell">
        {each.dropped > 0 ? count(each.dropped) : ''}
      </div>
      <div className="vl" role="gridcell" />
      <div className="va" role="gridcell">
        <ClassAnswer each={each} />
      </div>
    </div>
  );
}

/** Whether "no" can be said of a class by its channel. */
export function ClassAnswer({ each }: { readonly each: Pick<CoverageClass, 'answer' | 'reasons'> }) {
  const { t } = useTranslation('coverage');
  const reason = useReasonText();
  const why = each.reasons.map(reason).join('\n');
  if (each.answer === 'no')
    return (
      <span className="ans yes" title={why}>
        <Check className="i" size={12} aria-hidden />
        {t('can')}
      </span>
    );
  if (each.answer === 'not-collected')
    return (
      <span className="ans nc" title={why}>
        {t('notCollected')}
      </span>
    );
  return (
    <span className="ans unc" title={why}>
      <CircleQuestionMark className="i" size={12} aria-hidden />
      {t('notCertain')}
    </span>
  );
}

interface NumbersProps {
  readonly events: number;
  readonly dropped: number;
  readonly lateness: LatenessMessage;
}

function Numbers({ events, dropped, lateness }: NumbersProps) {
  const { t } = useTranslation('coverage');
  return (
    <>
      <div className="ve num" role="gridcell">
        {count(events)}
      </div>
      <div className="vd num" role="gridcell">
        {dropped > 0 ? count(dropped) : ''}
      </div>
      <div className="vl" role="gridcell">
        {lateness.kind === 'measured' ? (
          <>
            <Whisker lateness={lateness} />
            <span className="num p50">{durationText(lateness.p50)}</span>
            <span className="num p95">{durationText(lateness.p95)}</span>
            <span className="num p99">{durationText(lateness.p99)}</span>
          </>
        ) : (
          <span className="lnone" title={t(lateness.kind === 'at-once' ? 'atOnceTitle' : 'unknownTitle')}>
            {t(lateness.kind === 'at-once' ? 'atOnce' : 'latenessUnknown')}
          </span>
        )}
      </div>
    </>
  );
}

/** From p50 to p95 a bar, p95 a stroke, p99 a ring; logarithmic from a second to a day. */
function Whisker({ lateness }: { readonly lateness: Extract<LatenessMessage, { kind: 'measured' }> }) {
  const at = (seconds: number): number =>
    Math.min(100, Math.max(0, (Math.log(Math.max(1, seconds)) / Math.log(86_400)) * 100));
  return (
    <span className="lw" aria-hidden="true">
      <i style={{ left: `${at(lateness.p50)}%`, right: `${100 - at(lateness.p95)}%` }} />
      <b style={{ left: `${at(lateness.p95)}%` }} />
      <u style={{ left: `${at(lateness.p99)}%` }} />
    </span>
  );
}

/** `Sysmon/Operational` of `Microsoft-Windows-Sysmon/Operational`. */
export function shortChannel(channel: string): string {
  return channel.replace(/^Microsoft-Windows-/, '');
}
