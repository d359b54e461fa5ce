import { terminalText } from '../core/terminal-text.ts';
import type { ExportError } from '../export/export-error.ts';
import { CommandFailure } from './command-failure.ts';

/** What is wrong with an export, as a command says it. */
export function exportFailure({ message, hint }: ExportError): CommandFailure {
  const more = hint === undefined ? '' : `\n  ${terminalText(hint)}`;
  return new CommandFailure(`keizu: ${terminalText(message)}${more}`);
}
