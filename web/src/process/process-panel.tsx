import { useQuery } from '@tanstack/react-query';
import { Copy, Crosshair, PanelBottom, StickyNote, Timer, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProcessBrief, ProcessPanel } from '../../../src/server/contracts/process.ts';
import { AddNote } from '../cases/add-note.tsx';
import { NotesOf } from '../cases/notes-of.tsx';
import { VerdictSection } from '../egress/verdict-section.tsx';
import { copyText } from '../text/clipboard.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { severities } from '../tree/model/tree-columns.ts';
import { SeverityMark } from '../tree/severity-mark.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { FamilySection } from './family-section.tsx';
import { FileSection } from './file-section.tsx';
import { FlagSection } from './flag-section.tsx';
import { IdentitySection } from './identity-section.tsx';
import { ParentSection } from './parent-section.tsx';
import { type PanelSubject, panelQuery } from './process-queries.ts';
import './process.css';

export interface PanelCommands {
  readonly focus: () => void;
  readonly around: () => void;
  readonly raw: (eventId: string) => void;
  readonly close: () => void;
  /** Moves the view to a process. */
  readonly show: (process: ProcessBrief) => void;
}

interface Props {
  readonly subject: PanelSubject | undefined;
  /** What the grid knows already, so that the head stands at once. */
  readonly name: string;
  readonly pid: number;
  readonly commands: PanelCommands;
}

/** Who says what about a process: identity, parent link, evidence. */
export function PanelBody({ subject, name, pid, commands }: Props) {
  const { t } = useTranslation('process');
  const { data, error, refetch, isFetching } = useQuery(panelQuery(subject));
  const panel = data?.id === subject?.id ? data : undefined;
  if (subject === undefined && name === '') return <p className="pempty">{t('nothingChosen')}</p>;
  return (
    <>
      <header className="ph">
        <div className="pt">
          <h2>
            <RecordedText text={panel?.name ?? name} />
          </h2>
          {pid >= 0 && <span className="pid">{pid}</span>}
          {panel && <HighestFlag panel={panel} />}
          <span className="pa">
            {subject && (
              <AddNote
                pin={{ kind: 'process', host: subject.host, processId: subject.id }}
                className="tb sq xs"
                label={t('note')}
              >
                <StickyNote size={14} aria-hidden />
              </AddNote>
            )}
            <PanelButton label={t('focus')} keys="⇧F" onClick={commands.focus}>
              <Crosshair size={14} aria-hidden />
            </PanelButton>
            <PanelButton label={t('around')} keys="⇧H" onClick={commands.around}>
              <Timer size={14} aria-hidden />
            </PanelButton>
            <PanelButton
              label={t('rawEvent')}
              keys="⇧E"
              disabled={panel?.identity.sensors[0] === undefined}
              onClick={() => {
                const first = panel?.identity.sensors[0];
                if (first) commands.raw(first.eventId);
              }}
            >
              <PanelBottom size={14} aria-hidden />
            </PanelButton>
            <PanelButton label={t('closePanel')} keys="" onClick={commands.close}>
              <X size={14} aria-hidden />
            </PanelButton>
          </span>
        </div>
        {panel?.commandLine && (
          <div className="pcmd">
            <code>
              <RecordedText text={panel.commandLine.text} most={1500} />
            </code>
            <button
              type="button"
              className="tb sq xs"
              aria-label={t('copyCommandLine')}
              title={t('copyCommandLine')}
              onClick={() => panel.commandLine && void copyText(panel.commandLine.text)}
            >
              <Copy size={13} aria-hidden />
            </button>
          </div>
        )}
      </header>
      {error && !panel ? (
        <div className="pfault" role="alert">
          <p>{t('panelFailed', { message: error.message })}</p>
          <button type="button" className="btn sm" onClick={() => void refetch()}>
            {t('tryAgain')}
          </button>
        </div>
      ) : (
        <div className="pbody" aria-busy={isFetching && !panel}>
          {panel && subject ? (
            <>
              <IdentitySection panel={panel} onRaw={commands.raw} />
              <ParentSection panel={panel} onShow={commands.show} />
              {panel.flags.length > 0 && <FlagSection panel={panel} />}
              <EvidenceSection panel={panel} subject={subject} onRaw={commands.raw} />
              <VerdictSection subject={subject} onRaw={commands.raw} />
              <FamilySection panel={panel} onShow={commands.show} />
              {panel.files.total > 0 && <FileSection panel={panel} subject={subject} onRaw={commands.raw} />}
              <NotesOf host={subject.host} processId={subject.id} />
            </>
          ) : (
            <PanelSkeleton />
          )}
        </div>
      )}
    </>
  );
}

function PanelSkeleton() {
  return (
    <section className="pskel">
      {[70, 90, 60, 80, 50].map((width) => (
        <span key={width} className="skel" style={{ width: `${width}%` }} />
      ))}
    </section>
  );
}

function HighestFlag({ panel }: { readonly panel: ProcessPanel }) {
  const highest = Math.max(0, ...panel.flags.map((flag) => severities.indexOf(flag.severity)));
  return <SeverityMark severity={severities[highest] ?? 'none'} count={panel.flags.length} />;
}

interface ButtonProps {
  readonly label: string;
  readonly keys: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function PanelButton({ label, keys, disabled = false, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      className="tb sq xs"
      aria-label={label}
      title={keys === '' ? label : `${label} (${keys})`}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
