import { Fingerprint, Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ParentCandidate, ProcessBrief, ProcessPanel } from '../../../src/server/contracts/process.ts';
import { Glyph } from '../frame/glyph.tsx';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, readMoment, useZone } from '../text/time.ts';
import { deltaText } from '../tree/model/delta-text.ts';
import { gradeWord } from '../tree/tree-row.tsx';
import { useReasonText } from './reason-text.ts';

interface Props {
  readonly panel: ProcessPanel;
  readonly onShow: (process: ProcessBrief) => void;
}

const meaningWords = {
  exact: 'meaningExact',
  probable: 'meaningProbable',
  ambiguous: 'meaningAmbiguous',
  claimed: 'meaningClaimed',
  none: 'meaningNone',
} as const;

/** How sure the parent is, why, and who else could be it. */
export function ParentSection({ panel, onShow }: Props) {
  const { t } = useTranslation(['process', 'tree']);
  const reason = useReasonText();
  const { parent } = panel;
  const claimed = panel.basis === 'claimed';
  return (
    <section aria-labelledby="panel-parent" id="panel-parent-section">
      <h3 id="panel-parent">
        {t('parentLink')}
        <span className={`gtag g-${parent.grade} gl-${parent.grade}`}>
          <Glyph grade={parent.grade} size={13} />
          {t(gradeWord(parent.grade), { ns: 'tree' })}
        </span>
      </h3>
      {claimed && panel.unseen.length > 0 && <p className="lead">{panel.unseen.map(reason).join('; ')}</p>}
      <p className="lead">{t(meaningWords[parent.grade])}</p>
      {parent.candidates.length > 0 ? (
        <ol className="cands">
          {ranked(parent.candidates).map((candidate, place) => (
            <Candidate key={candidate.process.id} candidate={candidate} place={place + 1} onShow={onShow} />
          ))}
        </ol>
      ) : (
        parent.parent && (
          <div className="cands one">
            <div className="cand">
              <ProcessLine process={parent.parent} onShow={onShow}>
                {parent.deltaMs !== null && (
                  <span className={parent.deltaMs < 0 ? 'when num bad' : 'when num'} title={t('deltaTitle')}>
                    {deltaText(parent.deltaMs)}
                  </span>
                )}
              </ProcessLine>
            </div>
          </div>
        )
      )}
      {parent.reasons.length > 0 && (
        <p className="note">
          <Fingerprint className="i" size={13} aria-hidden />
          <span>
            <RecordedText
              text={`${sentence(parent.reasons.map(reason).join(t('reasonGap')))}${t('reasonEnd')}`}
            />
          </span>
        </p>
      )}
    </section>
  );
}

function ranked(candidates: readonly ParentCandidate[]): readonly ParentCandidate[] {
  return [...candidates].sort((left, right) => Number(right.shown) - Number(left.shown));
}

interface CandidateProps {
  readonly candidate: ParentCandidate;
  readonly place: number;
  readonly onShow: (process: ProcessBrief) => void;
}

function Candidate({ candidate, place, onShow }: CandidateProps) {
  const { t } = useTranslation('process');
  const reason = useReasonText();
  return (
    <li className={candidate.shown ? 'cand first' : 'cand'}>
      <ProcessLine process={candidate.process} onShow={onShow} rank={place}>
        {candidate.shown ? (
          <span className="pill">{t('shownHere')}</span>
        ) : (
          <button type="button" className="lnk" onClick={() => onShow(candidate.process)}>
            {t('showThere')}
          </button>
        )}
      </ProcessLine>
      <ul className="pc">
        {candidate.for.map((each) => (
          <li className="for" key={each.text}>
            <Plus className="i" size={11} aria-label={t('speaksFor')} />
            <RecordedText text={reason(each)} />
          </li>
        ))}
        {candidate.against.map((each) => (
          <li className="con" key={each.text}>
            <Minus className="i" size={11} aria-label={t('speaksAgainst')} />
            <RecordedText text={reason(each)} />
          </li>
        ))}
      </ul>
    </li>
  );
}

interface LineProps {
  readonly process: ProcessBrief;
  readonly onShow: (process: ProcessBrief) => void;
  readonly rank?: number;
  readonly children?: React.ReactNode;
}

/** A process in one line: its name leads to it. */
export function ProcessLine({ process, onShow, rank, children }: LineProps) {
  const zone = useZone();
  const start = readMoment(process.start);
  return (
    <div className="ch1">
      {rank !== undefined && <span className="rank">{rank}</span>}
      <button type="button" className="nm plain" onClick={() => onShow(process)}>
        <RecordedText text={process.name} />
      </button>
      {process.pid !== null && <span className="pid">{process.pid}</span>}
      {start !== undefined && process.basis !== 'claimed' && (
        <span className="when num">{clockOf(start, zone, 'milliseconds')}</span>
      )}
      {process.basis === 'claimed' && <ClaimedTag />}
      {children}
    </div>
  );
}

function ClaimedTag() {
  const { t } = useTranslation('tree');
  return <span className="ctag">{t('claimedTag')}</span>;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
