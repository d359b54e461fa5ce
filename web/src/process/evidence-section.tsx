import {
  AtSign,
  ChevronDown,
  ChevronRight,
  CircleQuestionMark,
  Diamond,
  FilePen,
  Info,
  KeySquare,
  type LucideIcon,
  Network,
  Puzzle,
  Syringe,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceClassMessage, ProcessPanel } from '../../../src/server/contracts/process.ts';
import type { EvidenceSlotName } from '../../../src/server/contracts/tree.ts';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, readMoment, useZone } from '../text/time.ts';
import { shareAt, type TimeSpan } from '../tree/model/time-axis.ts';
import { useClassLabel } from './class-label.ts';
import { EvidenceEvents } from './evidence-events.tsx';
import type { PanelSubject } from './process-queries.ts';
import { useReasonText } from './reason-text.ts';

interface Props {
  readonly panel: ProcessPanel;
  readonly subject: PanelSubject;
  readonly onRaw: (eventId: string) => void;
}

const slotIcons: Readonly<Record<EvidenceSlotName, LucideIcon>> = {
  files: FilePen,
  registry: KeySquare,
  network: Network,
  dns: AtSign,
  modules: Puzzle,
  injected: Syringe,
};

/** Classes of which an analyst asks even where nothing was found. */
const firstAsked: readonly string[] = [
  'file-created',
  'file-deleted',
  'registry',
  'network',
  'dns',
  'module',
  'thread-made',
];

/** What the table of identity tells already. */
const toldBefore: ReadonlySet<string> = new Set(['start', 'end', 'child']);

/** What the process did, by class: yes, no, not certain, not collected. */
export function EvidenceSection({ panel, subject, onRaw }: Props) {
  const { t } = useTranslation('process');
  const zone = useZone();
  const [all, setAll] = useState(false);
  const { axis, classes } = panel.evidence;
  const span = { from: readMoment(axis.from) ?? 0, to: readMoment(axis.to) ?? 1 };
  const shown = [...classes]
    .sort((one, other) => placeOf(one.class) - placeOf(other.class))
    .filter(
      (each) => all || firstAsked.includes(each.class) || (each.count > 0 && !toldBefore.has(each.class)),
    );
  const hidden = classes.length - shown.length;
  return (
    <section aria-labelledby="panel-evidence">
      <h3 id="panel-evidence">
        {t('evidence')}
        <span className="sub num">
          {panel.end === null
            ? t('spanToNow', { from: clockOf(span.from, zone) })
            : t('spanTo', { from: clockOf(span.from, zone), to: clockOf(span.to, zone) })}
        </span>
      </h3>
      <ul className="evs">
        {shown.map((each) => (
          <ClassLine key={each.class} each={each} span={span} subject={subject} onRaw={onRaw} />
        ))}
      </ul>
      {(hidden > 0 || all) && (
        <button type="button" className="lnk" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('fewerClasses') : t('moreClasses', { count: hidden })}
        </button>
      )}
    </section>
  );
}

function placeOf(name: string): number {
  const place = firstAsked.indexOf(name);
  return place < 0 ? firstAsked.length : place;
}

interface LineProps {
  readonly each: EvidenceClassMessage;
  readonly span: TimeSpan;
  readonly subject: PanelSubject;
  readonly onRaw: (eventId: string) => void;
}

const lineClasses = {
  yes: 'ev-yes',
  no: 'ev-no',
  'not-certain': 'ev-unc',
  'not-collected': 'ev-nc',
  'names-no-process': 'ev-nc',
} as const;

function ClassLine({ each, span, subject, onRaw }: LineProps) {
  const label = useClassLabel();
  const reason = useReasonText();
  const { t } = useTranslation('process');
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const Icon = each.slot ? slotIcons[each.slot] : each.answer === 'names-no-process' ? Info : Diamond;
  const why = each.answer === 'no' || (each.answer === 'yes' && !each.atLeast) ? [] : each.reasons;
  const canOpen = each.count > 0;
  const Caret = open ? ChevronDown : ChevronRight;
  return (
    <li className={`ev ${lineClasses[each.answer]}`}>
      {canOpen ? (
        <button type="button" className="en" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon className="i" size={13} aria-hidden />
          <span className="enl">{label(each.class, each.label)}</span>
          <Caret className="i" size={11} aria-hidden />
        </button>
      ) : (
        <span className="en">
          <Icon className="i" size={13} aria-hidden />
          <span className="enl">{label(each.class, each.label)}</span>
        </span>
      )}
      <Strip each={each} span={span} />
      <AnswerText each={each} />
      {why.length > 0 && (
        <span className="et">
          {why.slice(0, all ? why.length : 1).map((one) => (
            <RecordedText key={one.text} text={reason(one)} className="etl" />
          ))}
          {why.length > 1 && !all && (
            <button type="button" className="lnk more-why" onClick={() => setAll(true)}>
              {t('moreReasons', { count: why.length - 1 })}
            </button>
          )}
        </span>
      )}
      {open && <EvidenceEvents subject={subject} classes={each.class} total={each.count} onRaw={onRaw} />}
    </li>
  );
}

function AnswerText({ each }: { readonly each: EvidenceClassMessage }) {
  const { t } = useTranslation('process');
  switch (each.answer) {
    case 'yes':
      return (
        <span className="ans yes">
          {t('answerYes')}{' '}
          <b>
            {count(each.count)}
            {each.atLeast ? '+' : ''}
          </b>
        </span>
      );
    case 'no':
      return (
        <span className="ans no" title={t('noTitle')}>
          {t('answerNo')}
        </span>
      );
    case 'not-certain':
      return (
        <span className="ans unc">
          <CircleQuestionMark className="i" size={12} aria-hidden />
          {t('answerNotCertain')}
        </span>
      );
    case 'not-collected':
      return <span className="ans nc">{t('answerNotCollected')}</span>;
    case 'names-no-process':
      return <span className="ans nc">{t('answerNamesNone')}</span>;
  }
}

/** The lifetime as a strip: solid where collected, hatched where not, with a mark for each part that has events. */
function Strip({ each, span }: { readonly each: EvidenceClassMessage; readonly span: TimeSpan }) {
  const reason = useReasonText();
  const parts = each.counts.length;
  const nothing = each.answer === 'not-collected' || each.answer === 'names-no-process';
  return (
    <span className="est" aria-hidden="true">
      {nothing ? (
        <span className="es nc" style={{ left: 0, right: 0 }} />
      ) : (
        <span className="es col" style={{ left: 0, right: 0 }} />
      )}
      {!nothing &&
        each.stretches.map((stretch) => {
          const left = stretch.from === null ? 0 : shareAt(span, readMoment(stretch.from));
          const right = stretch.to === null ? 1 : shareAt(span, readMoment(stretch.to));
          if (right <= left) return null;
          return (
            <span
              key={`${stretch.kind} ${stretch.from} ${stretch.to}`}
              className={`es ${stretch.kind === 'dropped' ? 'un' : stretch.kind === 'settling' ? 'late' : 'nc'}`}
              style={{ left: `${left * 100}%`, width: `${Math.max(1, (right - left) * 100)}%` }}
              title={reason(stretch.reason)}
            />
          );
        })}
      {each.counts.map((events, part) =>
        events > 0 ? (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of an axis never move
            key={part}
            className={each.class.startsWith('thread-') ? 'em hot' : 'em'}
            style={{ left: `${(part / parts) * 100}%`, width: `max(2px, ${(0.7 / parts) * 100}%)` }}
          />
        ) : null,
      )}
    </span>
  );
}
