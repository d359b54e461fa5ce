import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import type { DiagnosticMessage } from '../../../../src/server/contracts/error.ts';
import type { FaultText } from '../sayings/use-fault-text.ts';

/** Where faults are shown beside the lines, and the keys that walk them. */
export const faultMarks: Extension = [lintGutter(), keymap.of(lintKeymap)];

/** Underlines what is said of the text, in the place of what was underlined. */
export function markFaults(
  editor: EditorView,
  diagnostics: readonly DiagnosticMessage[],
  faultText: (diagnostic: DiagnosticMessage) => FaultText,
): void {
  const { length } = editor.state.doc;
  const marks = diagnostics.flatMap((diagnostic) => markOf(diagnostic, length, faultText));
  editor.dispatch(setDiagnostics(editor.state, marks));
}

const severities = { error: 'error', warning: 'warning', note: 'info' } as const;

function markOf(
  diagnostic: DiagnosticMessage,
  length: number,
  faultText: (diagnostic: DiagnosticMessage) => FaultText,
): Diagnostic[] {
  if (diagnostic.from === null) return [];
  const from = Math.min(diagnostic.from, length);
  const to = Math.min(Math.max(diagnostic.to ?? from, from), length);
  const { message, hint } = faultText(diagnostic);
  return [
    {
      from,
      to,
      severity: severities[diagnostic.severity],
      message: hint === null ? message : `${message}\n${hint}`,
    },
  ];
}
