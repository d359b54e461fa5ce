import type { Diagnostic, Span } from '../core/diagnostic.ts';
import type { DiagnosticCode, DiagnosticParameters } from './diagnostic-catalogue.ts';
import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import { diagnose } from './diagnostics.ts';
import { parseMacroCall } from './parse-macro-call.ts';
import { endOfComment, endOfMacro, endOfQuote } from './scan.ts';
import { SourceMap } from './source-map.ts';

/** A macro as macros.conf gives it. The key in the map is `name`, or `name(2)` for one with two arguments. */
export interface MacroDefinition {
  readonly args: readonly string[];
  readonly definition: string;
  /** The definition is an eval expression that gives the text. */
  readonly isEval?: boolean;
  /** An eval expression of the arguments that must be true. */
  readonly validation?: string;
  /** What is said where the validation is not true. */
  readonly errorMessage?: string;
}

export type MacroTable = ReadonlyMap<string, MacroDefinition>;

/** What an eval expression without fields gives: its value as text, `true` or `false` for a condition. */
export type MacroEvaluator = (
  expression: string,
) => { readonly text: string } | { readonly error: DiagnosticPhrase | Diagnostic };

export interface Expansion {
  readonly text: string;
  /** Undefined where nothing was expanded: the text is the same. */
  readonly map: SourceMap | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Macros that Splunk's Common Information Model app brings and published searches call. A caller's own definition
 * comes first.
 */
const standardMacros: MacroTable = new Map([
  ['drop_dm_object_name(1)', { args: ['object'], definition: 'rename "$object$.*" as *' }],
]);

/** Their names, for completion. */
export const standardMacroNames: readonly string[] = [...standardMacros.keys()].map((key) =>
  key.replace(/\(\d+\)$/, ''),
);

export const macroDepthLimit = 100;
export const expandedLengthLimit = 1_000_000;
const expansionCountLimit = 10_000;

/**
 * Expands every `` `name` `` and `` `name(args)` `` outside double quotes and comments (macros.conf specification).
 * A call that cannot be expanded is reported and stays in the text, where the parser passes over it.
 */
export function expandMacros(
  text: string,
  macros: MacroTable,
  evaluate: MacroEvaluator | undefined,
): Expansion {
  if (!text.includes('`')) return { text, map: undefined, diagnostics: [] };
  const expander = new Expander(macros, evaluate);
  expander.copy(text, undefined, 0);
  return { text: expander.output(), map: expander.map, diagnostics: expander.diagnostics };
}

class Expander {
  readonly map = new SourceMap();
  readonly diagnostics: Diagnostic[] = [];
  readonly #macros: MacroTable;
  readonly #evaluate: MacroEvaluator | undefined;
  readonly #pieces: string[] = [];
  #length = 0;
  #count = 0;
  #full = false;

  constructor(macros: MacroTable, evaluate: MacroEvaluator | undefined) {
    this.#macros = macros;
    this.#evaluate = evaluate;
  }

  output(): string {
    return this.#pieces.join('');
  }

  /** Copies a text with its calls expanded. `origin` is the call of the search that made the text, if one did. */
  copy(text: string, origin: Span | undefined, depth: number): void {
    let from = 0;
    let at = 0;
    while (at < text.length && !this.#full) {
      const character = text[at];
      if (character === '\\') at += 2;
      else if (character === '"') at = endOfQuote(text, at, text.length).end;
      else if (text.startsWith('```', at)) at = endOfComment(text, at, text.length).end;
      else if (character === '`') {
        const reach = endOfMacro(text, at, text.length);
        if (!reach.closed) break;
        this.#emit(text.slice(from, at), origin ?? { start: from, end: at }, origin === undefined);
        this.#call(text.slice(at, reach.end), origin ?? { start: at, end: reach.end }, depth);
        at = reach.end;
        from = at;
      } else at += 1;
    }
    this.#emit(text.slice(from), origin ?? { start: from, end: text.length }, origin === undefined);
  }

  #emit(piece: string, origin: Span, copied: boolean): void {
    if (piece === '' || this.#full) return;
    if (this.#length + piece.length > expandedLengthLimit) {
      this.#overflow(origin);
      return;
    }
    this.map.add(this.#length, origin, copied);
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  #overflow(origin: Span): void {
    this.#full = true;
    this.#report('macro-too-large', { limit: expandedLengthLimit }, origin);
  }

  #report<Code extends DiagnosticCode>(code: Code, parameters: DiagnosticParameters[Code], span: Span): void {
    this.diagnostics.push(diagnose(code, parameters, span));
  }

  /** Expands one call, backticks included. */
  #call(written: string, origin: Span, depth: number): void {
    const expanded = this.#expand(written, origin, depth);
    // A call that failed stays, as a token that the parser knows was reported.
    if (expanded === undefined) this.#emit(written, origin, false);
    else this.copy(expanded, origin, depth + 1);
  }

  #expand(written: string, origin: Span, depth: number): string | undefined {
    const call = parseMacroCall(written.slice(1, -1));
    if (call.kind === 'fault') {
      this.#report('bad-macro-call', { message: call.message }, origin);
      return undefined;
    }
    const { name, args } = call;
    if (name === 'comment') return ' ';
    const key = args.length === 0 ? name : `${name}(${args.length})`;
    const definition = this.#macros.get(key) ?? standardMacros.get(key);
    if (definition === undefined) {
      const known = [...this.#macros.keys()].filter((key) => key === name || key.startsWith(`${name}(`));
      this.#report('unknown-macro', { name, arguments: args.length, known }, origin);
      return undefined;
    }
    this.#count += 1;
    if (depth >= macroDepthLimit) {
      this.#report('macro-too-deep', { name, limit: macroDepthLimit }, origin);
      this.#full = true;
      return undefined;
    }
    if (this.#count > expansionCountLimit) {
      this.#overflow(origin);
      return undefined;
    }
    const values = assign(definition.args, args);
    if (definition.validation !== undefined && !this.#validate(name, definition, values, origin))
      return undefined;
    const text = substitute(definition.definition, values);
    if (text.length > expandedLengthLimit) {
      this.#overflow(origin);
      return undefined;
    }
    return definition.isEval === true ? this.#evaluated(name, text, origin) : text;
  }

  #evaluated(name: string, expression: string, origin: Span): string | undefined {
    if (this.#evaluate === undefined) {
      this.#report('macro-needs-evaluation', { name }, origin);
      return undefined;
    }
    const result = this.#evaluate(expression);
    if ('text' in result) return result.text;
    this.#report('macro-evaluation-failed', { name, because: result.error }, origin);
    return undefined;
  }

  #validate(
    name: string,
    { validation = '', errorMessage }: MacroDefinition,
    values: ReadonlyMap<string, string>,
    origin: Span,
  ): boolean {
    const result = this.#evaluated(name, substitute(validation, values), origin);
    if (result === undefined) return false;
    if (/^(true|1)$/i.test(result)) return true;
    const message = errorMessage === undefined ? undefined : substitute(errorMessage, values);
    this.#report('macro-argument-invalid', { name, message }, origin);
    return false;
  }
}

/** Arguments by name: `k=v` where the macro has an argument k, else by place. */
function assign(names: readonly string[], args: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const unnamed: string[] = [];
  for (const arg of args) {
    const found = /^\s*([A-Za-z_][\w-]*)\s*=\s*([\s\S]*)$/.exec(arg);
    const name = found?.[1];
    if (name !== undefined && names.includes(name) && !values.has(name)) values.set(name, found?.[2] ?? '');
    else unnamed.push(arg);
  }
  const free = names.filter((name) => !values.has(name));
  free.forEach((name, at) => {
    values.set(name, unnamed[at] ?? '');
  });
  return values;
}

/** Puts the arguments in for `$name$`, inside quotes too. */
function substitute(definition: string, values: ReadonlyMap<string, string>): string {
  if (values.size === 0) return definition;
  return definition.replace(/\$([A-Za-z_][\w-]*)\$/g, (whole, name: string) => values.get(name) ?? whole);
}
