import { Popover } from '@base-ui/react/popover';
import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DiagnosticMessage } from '../../../../src/server/contracts/error.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { useFaultText } from '../sayings/use-fault-text.ts';

interface Props {
  readonly text: string;
  readonly diagnostics: readonly DiagnosticMessage[];
  readonly onGoTo: (from: number, to: number) => void;
}

const icons = { error: OctagonAlert, warning: TriangleAlert, note: Info } as const;
const ranks = { error: 0, warning: 1, note: 2 } as const satisfies Record<
  DiagnosticMessage['severity'],
  number
>;

export function lineOf(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line += 1;
  return line;
}

/** What is to be said of a search, in one line: how many faults, where, and the gravest with its hint. */
export function DiagnosticsLine({ text, diagnostics, onGoTo }: Props) {
  const { t } = useTranslation('search');
  const faultText = useFaultText();
  const sorted = [...diagnostics].sort((one, other) => ranks[one.severity] - ranks[other.severity]);
  const [gravest] = sorted;
  if (!gravest) return null;
  const said = faultText(gravest);
  const Icon = icons[gravest.severity];
  const same = sorted.filter((diagnostic) => diagnostic.severity === gravest.severity).length;
  const faults = t(gravest.severity, { count: same });
  return (
    <div className={`diag ${gravest.severity}`} role="status">
      <Icon size={13} aria-hidden />
      <b>
        {gravest.from === null ? faults : t('faultsAtLine', { faults, line: lineOf(text, gravest.from) })}
      </b>
      <button
        type="button"
        className="said"
        title={said.hint ?? said.message}
        onClick={() => gravest.from !== null && onGoTo(gravest.from, gravest.to ?? gravest.from)}
      >
        <RecordedText text={said.message} most={300} />
        {said.hint !== null && (
          <span className="hint">
            {' '}
            <RecordedText text={said.hint} most={300} />
          </span>
        )}
      </button>
      {sorted.length > 1 && (
        <Popover.Root>
          <Popover.Trigger className="lnk">{t('showAll', { count: sorted.length })}</Popover.Trigger>
          <Popover.Portal>
            <Popover.Positioner sideOffset={6} align="start" className="positioner">
              <Popover.Popup className="popover diags" aria-label={t('diagnostics')}>
                <ul>
                  {sorted.map((diagnostic) => (
                    <DiagnosticItem
                      key={`${diagnostic.code} ${diagnostic.from} ${diagnostic.message}`}
                      text={text}
                      diagnostic={diagnostic}
                      onGoTo={onGoTo}
                    />
                  ))}
                </ul>
              </Popover.Popup>
            </Popover.Positioner>
          </Popover.Portal>
        </Popover.Root>
      )}
    </div>
  );
}

export function DiagnosticItem({
  text,
  diagnostic,
  onGoTo,
}: {
  readonly text: string;
  readonly diagnostic: DiagnosticMessage;
  readonly onGoTo: (from: number, to: number) => void;
}) {
  const { t } = useTranslation('search');
  const said = useFaultText()(diagnostic);
  const Icon = icons[diagnostic.severity];
  const { from } = diagnostic;
  return (
    <li className={`diagitem ${diagnostic.severity}`}>
      <Icon size={13} aria-hidden />
      <div>
        <RecordedText text={said.message} most={1000} />
        {said.hint !== null && (
          <p>
            <RecordedText text={said.hint} most={1000} />
          </p>
        )}
      </div>
      {from !== null && (
        <button type="button" className="lnk" onClick={() => onGoTo(from, diagnostic.to ?? from)}>
          {t('line', { line: lineOf(text, from) })}
        </button>
      )}
    </li>
  );
}
