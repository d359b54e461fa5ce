import type { Diagnostic, Span } from '../core/diagnostic.ts';
import type { Command } from './command.ts';
import { commandNames, findCommand } from './commands/registry.ts';
import { diagnose, isError } from './diagnostics.ts';
import { knownCommand, knownCommandNames, mayAppend } from './known-commands.ts';
import { expandMacros, type MacroEvaluator, type MacroTable } from './macros.ts';
import { nearestName } from './nearest-name.ts';
import { parseSearchExpression } from './parse-search.ts';
import { skipBlanks } from './scan.ts';
import type { SearchExpression } from './search-expression.ts';
import { relocateDiagnostic, relocateTree } from './source-map.ts';
import { type StageText, splitStages } from './split-stages.ts';
import { StageReader } from './stage-reader.ts';

export interface ParseOptions {
  /** Macros by `name` and `name(arity)`. */
  readonly macros?: MacroTable;
  /** Evaluates macros that are eval expressions; without it they are an error. */
  readonly evaluateMacro?: MacroEvaluator;
}

/** A stage behind a pipe, with what its command made of the arguments. */
export interface Stage {
  readonly kind: 'command';
  /** Canonical name; the registry has its definition. */
  readonly command: string;
  readonly nameSpan: Span;
  readonly node: unknown;
  readonly span: Span;
}

/** The first stage where it searches events. */
export interface EventsStage {
  readonly kind: 'events';
  readonly test: SearchExpression;
  readonly span: Span;
}

/** The syntax tree of a whole search. All spans are of the text as written, also where macros were expanded. */
export interface Search {
  readonly text: string;
  /** With its macros expanded. */
  readonly expanded: string;
  readonly source: EventsStage | Stage;
  readonly stages: readonly Stage[];
}

export interface ParsedSearch {
  /** Only where there is no error. */
  readonly search?: Search;
  readonly diagnostics: readonly Diagnostic[];
}

export const searchLengthLimit = 1_000_000;
export const stageCountLimit = 1_000;

/**
 * Parses a search. Never throws for any text; collects every fault with its span and goes on behind the next pipe.
 * Unsupported commands, options and forms are errors, so a search that parses is a search that is understood.
 */
export function parseSearch(text: string, options: ParseOptions = {}): ParsedSearch {
  if (text.length > searchLengthLimit)
    return {
      diagnostics: [
        diagnose(
          'search-too-long',
          { length: text.length, limit: searchLengthLimit },
          { start: searchLengthLimit, end: text.length },
        ),
      ],
    };
  const expansion = expandMacros(text, options.macros ?? new Map(), options.evaluateMacro);
  const { map } = expansion;
  const parsed = parseExpanded(expansion.text);
  const located =
    map === undefined
      ? parsed.diagnostics
      : parsed.diagnostics.map((diagnostic) => relocateDiagnostic(diagnostic, map));
  const diagnostics = [...expansion.diagnostics, ...located];
  const [source, ...stages] = parsed.stages;
  if (source === undefined || diagnostics.some(isError)) return { diagnostics };
  const tree = { source, stages: stages.filter((stage) => stage.kind === 'command') };
  return {
    search: { text, expanded: expansion.text, ...(map === undefined ? tree : relocateTree(tree, map)) },
    diagnostics,
  };
}

interface ParsedStages {
  readonly stages: readonly (EventsStage | Stage)[];
  readonly diagnostics: readonly Diagnostic[];
}

function parseExpanded(text: string): ParsedStages {
  const split = splitStages(text);
  const diagnostics: Diagnostic[] = [...split.diagnostics];
  const stages: (EventsStage | Stage)[] = [];
  const beyond = split.stages[stageCountLimit];
  if (beyond !== undefined)
    diagnostics.push(
      diagnose('too-many-stages', { limit: stageCountLimit }, { start: beyond.start, end: text.length }),
    );
  split.stages.slice(0, stageCountLimit).forEach((stage, at) => {
    // Parsers look at their own faults only, so each stage collects into a list of its own.
    const faults: Diagnostic[] = [];
    const next = split.stages[at + 1];
    const parsed = parseStage(text, stage, at === 0, next?.pipe, faults);
    diagnostics.push(...faults);
    if (parsed !== undefined) stages.push(parsed);
  });
  return { stages, diagnostics };
}

function parseStage(
  text: string,
  stage: StageText,
  first: boolean,
  nextPipe: number | undefined,
  faults: Diagnostic[],
): EventsStage | Stage | undefined {
  const reader = new StageReader(text, stage, faults);
  const start = skipBlanks(text, stage.start, stage.end);
  if (start >= stage.end) {
    reportEmpty(reader, stage, first, nextPipe);
    return undefined;
  }
  const span = { start, end: trimEnd(text, start, stage.end) };
  const opening = reader.peek('search');
  if (opening.kind === 'macro' && stage.pipe !== undefined) return undefined;
  const implicit = first && stage.pipe === undefined;
  const name = readCommandName(reader, start, implicit);
  if (implicit) {
    if (
      name !== undefined &&
      name.text.toLowerCase() === 'search' &&
      /^\s/.test(text.slice(name.span.end, stage.end))
    )
      reader.position = name.span.end;
    else if (name !== undefined) warnOfCommand(reader, name);
    return { kind: 'events', test: parseSearchExpression(reader, { first: true }), span };
  }
  if (name === undefined) {
    if (opening.kind === 'subsearch') {
      if (opening.closed) reader.report('subsearch-not-supported', {}, opening.span);
    } else
      reader.report(
        'unexpected-token',
        { found: opening.text, expected: 'the name of a command' },
        opening.span,
      );
    return undefined;
  }
  reader.position = name.span.end;
  if (first && name.text.toLowerCase() === 'search')
    return { kind: 'events', test: parseSearchExpression(reader, { first: true }), span };
  const command = findCommand(name.text);
  if (!placed(reader, name, command, first) || command === undefined) return undefined;
  const node = command.parse(new StageReader(text, { start: name.span.end, end: span.end }, faults));
  return node === undefined
    ? undefined
    : { kind: 'command', command: command.name, nameSpan: name.span, node, span };
}

function trimEnd(text: string, start: number, end: number): number {
  let to = end;
  while (to > start && /\s/.test(text[to - 1] as string)) to -= 1;
  return to;
}

function reportEmpty(
  reader: StageReader,
  stage: StageText,
  first: boolean,
  nextPipe: number | undefined,
): void {
  if (first && stage.pipe === undefined && nextPipe === undefined) {
    reader.report('empty-search', {}, { start: stage.start, end: stage.end });
    return;
  }
  const start = stage.pipe ?? stage.start;
  reader.report('empty-stage', {}, { start, end: nextPipe === undefined ? stage.end : nextPipe + 1 });
}

interface CommandName {
  readonly text: string;
  readonly span: Span;
}

const namePattern = /[A-Za-z_][A-Za-z0-9_]*/y;

function readCommandName(reader: StageReader, start: number, implicit: boolean): CommandName | undefined {
  namePattern.lastIndex = start;
  const found = namePattern.exec(reader.text)?.[0];
  if (found === undefined || start + found.length > reader.end) return undefined;
  const span = { start, end: start + found.length };
  // `stats=5` at the beginning of a search is a comparison, `head.x` a word.
  if (implicit && !/^(\s|\(|$)/.test(reader.text.slice(span.end, Math.min(span.end + 1, reader.end))))
    return undefined;
  return { text: found, span };
}

/** A search that begins with the name of a generating command was likely meant to begin with a pipe. */
function warnOfCommand(reader: StageReader, { text, span }: CommandName): void {
  const name = text.toLowerCase();
  if (text !== name) return;
  if (findCommand(name)?.kind === 'generating' || ['tstats', 'inputlookup', 'makeresults'].includes(name))
    reader.report('command-name-as-term', { name }, span);
}

/** Reports a command that is unknown, not supported, or in a place where it cannot stand. */
function placed(
  reader: StageReader,
  { text, span }: CommandName,
  command: Command | undefined,
  first: boolean,
): boolean {
  const name = text.toLowerCase();
  const generating =
    command === undefined ? knownCommand(name) === 'generating' : command.kind === 'generating';
  if (generating && !first && !appends(reader, name, span)) {
    reader.report('generating-command-not-first', { name }, span);
    return false;
  }
  if (command === undefined) {
    if (knownCommand(name) !== undefined) reader.report('command-not-supported', { name }, span);
    else
      reader.report(
        'unknown-command',
        { name: text, nearest: nearestName(name, [...commandNames(), ...knownCommandNames()]) },
        span,
      );
    return false;
  }
  if (first && command.kind !== 'generating') {
    reader.report('not-a-generating-command', { name }, span);
    return false;
  }
  return true;
}

function appends(reader: StageReader, name: string, span: Span): boolean {
  const args = reader.text.slice(span.end, reader.end);
  return mayAppend(name) && /\bappend\s*=\s*(t|true|1)\b/i.test(args);
}
