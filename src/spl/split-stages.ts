import type { Diagnostic, Span } from '../core/diagnostic.ts';
import { diagnose } from './diagnostics.ts';
import { endOfBracket, endOfComment, endOfMacro, endOfQuote, skipBlanks } from './scan.ts';

/** A stage's text, without its pipe. */
export interface StageText extends Span {
  /** Offset of the pipe in front; undefined for a search that begins without one. */
  readonly pipe: number | undefined;
}

export interface StageTexts {
  readonly stages: readonly StageText[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Cuts a search at its pipes: `|` outside double quotes, brackets, backticks and comments; `\|` is none. A quote,
 * bracket or comment without an end is reported once, here, and reaches to the end of the text.
 */
export function splitStages(text: string, from = 0, end = text.length): StageTexts {
  const stages: StageText[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = skipBlanks(text, from, end);
  let pipe = at < end && text[at] === '|' ? at : undefined;
  if (pipe !== undefined) at += 1;
  let start = at;
  while (at < end) {
    const character = text[at];
    const opened = at;
    if (character === '|') {
      stages.push({ start, end: at, pipe });
      pipe = at;
      at += 1;
      start = at;
    } else if (character === '\\') at += 2;
    else if (character === '"') {
      const reach = endOfQuote(text, at, end);
      if (!reach.closed)
        diagnostics.push(diagnose('unclosed-quote', { quote: '"' }, { start: opened, end: opened + 1 }));
      at = reach.end;
    } else if (text.startsWith('```', at)) {
      const reach = endOfComment(text, at, end);
      if (!reach.closed)
        diagnostics.push(diagnose('unclosed-comment', {}, { start: opened, end: opened + 3 }));
      at = reach.end;
    } else if (character === '`') {
      const reach = endOfMacro(text, at, end);
      if (!reach.closed) diagnostics.push(diagnose('unclosed-macro', {}, { start: opened, end: opened + 1 }));
      at = reach.end;
    } else if (character === '[') {
      const reach = endOfBracket(text, at, end);
      if (!reach.closed)
        diagnostics.push(diagnose('unclosed-bracket', {}, { start: opened, end: opened + 1 }));
      at = reach.end;
    } else at += 1;
  }
  stages.push({ start: Math.min(start, end), end, pipe });
  return { stages, diagnostics };
}
