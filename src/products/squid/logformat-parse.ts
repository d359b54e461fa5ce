import { type CodeText, formatCodes, headerMember, type SquidMember } from './logformat-codes.ts';
import { type TimeForm, timeForm } from './time-form.ts';

/** A piece of a format: text as it stands, or a code's value. */
export type FormatPart =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'value';
      readonly code: string;
      readonly argument: string | undefined;
      readonly text: CodeText;
      readonly gives: SquidMember | undefined;
      /** Blanks may stand before (`%6tr`) or behind (`%-6tr`) it. */
      readonly padded: 'before' | 'behind' | undefined;
      /** How the user has a time written; undefined: as Squid does by itself. */
      readonly form: TimeForm | undefined;
    };

export interface Logformat {
  /** The name in `logformat NAME …`; undefined where only the definition was given. */
  readonly name: string | undefined;
  readonly definition: string;
  readonly parts: readonly FormatPart[];
}

/** Why a text is no format: for the one who typed it. */
export interface LogformatProblem {
  readonly kind: 'problem';
  readonly message: string;
}

const LONGEST = 4_096;
const directive = /^\s*logformat\s+(\S+)\s+(.*\S)\s*$/;
const codeStart = /^%(["[#/']?)(-?)(0?)(\d{0,4})(?:\.(\d{1,4}))?(?:\{([^}]*)\})?/;
const unknownCode = /^[<>]?(?:[a-z_]+::)?[<>]?[A-Za-z_]+/;
const knownCodes = Object.keys(formatCodes).sort((one, other) => other.length - one.length);

/** Reads a `logformat` directive of squid.conf, or its definition alone. */
export function parseLogformat(text: string): Logformat | LogformatProblem {
  if (text.length > LONGEST) return problem(`a format of more than ${LONGEST} characters`);
  const found = directive.exec(text);
  const definition = found ? (found[2] as string) : text.trim();
  const parts: FormatPart[] = [];
  for (let at = 0; at < definition.length; ) {
    const part = definition[at] === '%' ? readCode(definition, at) : readLiteral(definition, at);
    if ('message' in part) return part;
    const last = parts.at(-1);
    if (part.part.kind === 'value' && last?.kind === 'value')
      return problem(`two codes with nothing between them at ${definition.slice(at, at + 20)}`);
    if (part.part.kind === 'literal' && last?.kind === 'literal')
      parts[parts.length - 1] = { kind: 'literal', text: last.text + part.part.text };
    else parts.push(part.part);
    at = part.end;
  }
  if (!parts.some((part) => part.kind === 'value')) return problem('it has no format code (%ts, %>a, %ru …)');
  return { name: found?.[1], definition, parts };
}

/** The `logformat` directives of a squid.conf, with lines that end in a backslash joined. */
export function logformatsOf(configuration: string): readonly string[] {
  const lines = configuration.replace(/\\\r?\n\s*/g, ' ').split(/\r?\n/);
  return lines.filter((line) => directive.test(line)).map((line) => line.trim());
}

type Read = { readonly part: FormatPart; readonly end: number } | LogformatProblem;

function readLiteral(definition: string, at: number): Read {
  const next = definition.indexOf('%', at);
  const end = next < 0 ? definition.length : next;
  return { part: { kind: 'literal', text: definition.slice(at, end) }, end };
}

function readCode(definition: string, at: number): Read {
  const rest = definition.slice(at);
  if (rest.startsWith('%%')) return { part: { kind: 'literal', text: '%' }, end: at + 2 };
  const start = codeStart.exec(rest);
  if (!start) return problem(`no format code at ${rest.slice(0, 20)}`);
  const [all, quoting = '', left, zero, width = '', , before] = start;
  const behind = rest.slice(all.length);
  const code = knownCodes.find((known) => behind.startsWith(known)) ?? unknownCode.exec(behind)?.[0];
  if (code === undefined) return problem(`no format code at ${rest.slice(0, 20)}`);
  let end = at + all.length + code.length;
  const after = /^\{([^}]*)\}/.exec(definition.slice(end));
  if (after) end += after[0].length;
  const argument = before ?? after?.[1];
  const known = formatCodes[code];
  const ownForm = (code === 'tl' || code === 'tg') && argument !== undefined;
  const form = ownForm ? timeForm(argument) : undefined;
  // A time in a form that is not known here cannot be read.
  const isLost = ownForm && form === undefined;
  const text = isLost ? 'free' : textOf(quoting, known?.text ?? 'free');
  const gives = isLost ? undefined : (known?.gives ?? headerMember(code, argument));
  const padded = width === '' || zero !== '' ? undefined : left === '-' ? 'behind' : 'before';
  return { part: { kind: 'value', code, argument, text, gives, padded, form }, end };
}

/** `[` writes brackets and quotation marks as `%5b`, `#` blanks too. */
function textOf(quoting: string, text: CodeText): CodeText {
  if (text !== 'free') return text;
  return quoting === '[' ? 'safe' : quoting === '#' ? 'word' : 'free';
}

function problem(message: string): LogformatProblem {
  return { kind: 'problem', message };
}
