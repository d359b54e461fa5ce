import type { RegexComplaint } from './regex-complaint.ts';
import { type EscapeReader, readClass, readEscape } from './regex-parse-escape.ts';
import type {
  Alternatives,
  GroupForm,
  Quantifier,
  RegexFault,
  RegexGroup,
  RegexNode,
  RegexTree,
} from './regex-syntax.ts';

/** Longest pattern that is read, in UTF-16 units, and deepest nesting of its groups. */
export const regexLengthLimit = 20_000;
const depthLimit = 200;

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
  readonly ungreedy: boolean;
}

/** Carries a fault out of the reader; never leaves this module. */
class PatternError extends Error {
  readonly offset: number;
  readonly complaint: RegexComplaint;
  constructor(complaint: RegexComplaint, offset: number) {
    super(complaint);
    this.complaint = complaint;
    this.offset = offset;
  }
}

/** Reads a pattern in the syntax of PCRE (pcre2pattern). */
export function parseRegex(pattern: string, ignoreCase = false): RegexTree | RegexFault {
  if (pattern.length > regexLengthLimit)
    return {
      kind: 'invalid',
      message: `the pattern has ${pattern.length} characters, more than ${regexLengthLimit}`,
      offset: regexLengthLimit,
    };
  try {
    return new PatternReader(pattern, ignoreCase).read();
  } catch (error) {
    if (error instanceof PatternError)
      return { kind: 'invalid', message: error.complaint, offset: error.offset };
    throw error;
  }
}

class PatternReader implements EscapeReader {
  readonly text: string;
  at = 0;
  readonly #groups: RegexGroup[] = [];
  readonly #references: { readonly to: number | string; readonly offset: number }[] = [];
  #flags: Flags;
  #depth = 0;

  constructor(text: string, ignoreCase: boolean) {
    this.text = text;
    this.#flags = { ignoreCase, multiline: false, dotAll: false, extended: false, ungreedy: false };
  }

  get ignoreCase(): boolean {
    return this.#flags.ignoreCase;
  }

  get groupCount(): number {
    return (this.text.match(/\((?!\?(?!P?<[A-Za-z_]|'))/g) ?? []).length;
  }

  fail(message: RegexComplaint, offset: number): never {
    throw new PatternError(message, offset);
  }

  reference(to: number | string, offset: number): void {
    this.#references.push({ to, offset });
  }

  read(): RegexTree {
    const body = this.#alternatives();
    if (this.at < this.text.length) this.fail('unmatched closing parenthesis', this.at);
    for (const { to, offset } of this.#references) {
      const known = this.#groups.some((group) => group.number === to || group.name === to);
      if (!known && to !== 0) this.fail(`reference to the group ${to}, which does not exist`, offset);
    }
    return { kind: 'tree', body, groups: this.#groups };
  }

  /** Alternatives up to a closing parenthesis or the end. Flags set inside hold to its end, as in PCRE. */
  #alternatives(): Alternatives {
    if (++this.#depth > depthLimit) this.fail(`groups are nested more than ${depthLimit} deep`, this.at);
    const outer = this.#flags;
    const alternatives: RegexNode[][] = [];
    let sequence: RegexNode[] = [];
    while (this.at < this.text.length && this.text[this.at] !== ')') {
      if (this.text[this.at] === '|') {
        this.at++;
        alternatives.push(sequence);
        sequence = [];
        continue;
      }
      const atoms = this.#atom();
      const last = atoms.at(-1);
      if (last) sequence.push(...atoms.slice(0, -1), this.#quantified(last));
    }
    alternatives.push(sequence);
    this.#flags = outer;
    this.#depth--;
    return alternatives;
  }

  #atom(): readonly RegexNode[] {
    const start = this.at;
    const point = this.text.codePointAt(start) as number;
    const char = String.fromCodePoint(point);
    if (this.#flags.extended && /\s/.test(char)) return this.#skip(start + 1);
    if (this.#flags.extended && char === '#') {
      const end = this.text.indexOf('\n', start);
      return this.#skip(end < 0 ? this.text.length : end + 1);
    }
    switch (char) {
      case '(':
        return this.#group();
      case '[':
        return [readClass(this)];
      case '\\':
        return readEscape(this);
      case '.':
        this.at++;
        return [{ kind: 'any', newline: this.#flags.dotAll }];
      case '^':
        this.at++;
        return [{ kind: 'anchor', at: this.#flags.multiline ? 'line-start' : 'text-start' }];
      case '$':
        this.at++;
        return [{ kind: 'anchor', at: this.#flags.multiline ? 'line-end' : 'text-end-or-newline' }];
      case '*':
      case '+':
      case '?':
        return this.fail('quantifier does not follow a repeatable item', start);
      default:
        this.at += char.length;
        return [{ kind: 'literal', point, ignoreCase: this.#flags.ignoreCase }];
    }
  }

  #skip(to: number): readonly RegexNode[] {
    this.at = to;
    return [];
  }

  #quantified(node: RegexNode): RegexNode {
    let result = node;
    for (;;) {
      this.#skipBlanks();
      const start = this.at;
      const bounds = this.#bounds();
      if (!bounds) return result;
      if (node.kind === 'anchor' || result.kind === 'quantified')
        this.fail('quantifier does not follow a repeatable item', start);
      result = { kind: 'quantified', node: result, quantifier: { ...bounds, mode: this.#mode() } };
    }
  }

  #skipBlanks(): void {
    if (!this.#flags.extended) return;
    const blank = /^(?:\s|#[^\n]*(?:\n|$))+/.exec(this.text.slice(this.at));
    this.at += blank?.[0].length ?? 0;
  }

  /** A brace that is no quantifier is an ordinary character. */
  #bounds(): Pick<Quantifier, 'minimum' | 'maximum'> | undefined {
    const rest = this.text.slice(this.at, this.at + 24);
    const symbol = /^[*+?]/.exec(rest)?.[0];
    if (symbol) {
      this.at++;
      return { minimum: symbol === '+' ? 1 : 0, maximum: symbol === '?' ? 1 : Number.POSITIVE_INFINITY };
    }
    const braces = /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest);
    if (!braces) return undefined;
    const minimum = Number(braces[1]);
    const maximum =
      braces[2] === undefined ? minimum : braces[3] ? Number(braces[3]) : Number.POSITIVE_INFINITY;
    if (minimum > 65_535 || (maximum > 65_535 && maximum !== Number.POSITIVE_INFINITY))
      this.fail('number too big in {} quantifier', this.at);
    if (maximum < minimum) this.fail('numbers out of order in {} quantifier', this.at);
    this.at += braces[0].length;
    return { minimum, maximum };
  }

  #mode(): Quantifier['mode'] {
    const next = this.text[this.at];
    if (next === '+') {
      this.at++;
      return 'possessive';
    }
    if (next === '?') this.at++;
    return (next === '?') !== this.#flags.ungreedy ? 'lazy' : 'greedy';
  }

  #group(): readonly RegexNode[] {
    const start = this.at;
    if (this.text.startsWith('(?#', start)) {
      const end = this.text.indexOf(')', start);
      if (end < 0) this.fail('missing ) after (?# comment', start);
      return this.#skip(end + 1);
    }
    if (this.text.startsWith('(*', start)) this.fail('verbs such as (*UTF8) are not supported', start);
    const outer = this.#flags;
    const special = this.#special(start);
    if (special === 'flags') return [];
    if (special && 'node' in special) return [special.node];
    const form = special ? special.form : this.#capturing(undefined, start, 1);
    const body = this.#alternatives();
    if (this.text[this.at] !== ')') this.fail('missing closing parenthesis', start);
    this.at++;
    this.#flags = outer;
    return [{ kind: 'group', form, body }];
  }

  #capturing(name: string | undefined, start: number, length: number): GroupForm {
    if (name !== undefined && this.#groups.some((group) => group.name === name))
      this.fail(`two groups are named ${name}`, start);
    const group = { number: this.#groups.length + 1, name };
    this.#groups.push(group);
    this.at = start + length;
    return { kind: 'capturing', ...group };
  }

  /** What follows `(?`; undefined where the group is a plain `(`. Leaves the reader behind the opening. */
  #special(start: number): { readonly form: GroupForm } | { readonly node: RegexNode } | 'flags' | undefined {
    if (this.text[start + 1] !== '?') return undefined;
    const rest = this.text.slice(start, start + 300);
    const form = plainForms.find(([opening]) => rest.startsWith(opening));
    if (form) {
      this.at = start + form[0].length;
      return { form: form[1] };
    }
    const named = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
    if (named) return { form: this.#capturing(named[1] ?? named[2], start, named[0].length) };
    if (/^\(\?(?:P?<|'\w)/.test(rest))
      this.fail('a group name has letters, digits and _, begins with no digit and ends with >', start + 2);
    const called = /^\(\?(?:(R|[+-]?\d+)|(?:&|P>)(\w+))\)/.exec(rest);
    if (called) return { node: this.#subroutine(called, start) };
    const back = /^\(\?P=(\w+)\)/.exec(rest);
    if (back) {
      this.at += back[0].length;
      this.reference(back[1] as string, start);
      return { node: { kind: 'backreference', to: back[1] as string, ignoreCase: this.ignoreCase } };
    }
    if (rest.startsWith('(?(')) this.fail('conditional groups are not supported', start);
    if (rest.startsWith('(?|')) this.fail('branch reset groups are not supported', start);
    return this.#flagGroup(rest, start);
  }

  #subroutine(called: RegExpExecArray, start: number): RegexNode {
    this.at += called[0].length;
    const digits = called[1];
    const relative = digits !== undefined && /^[+-]/.test(digits);
    let to: number | string = called[2] ?? (digits === 'R' ? 0 : Number(digits));
    if (relative && typeof to === 'number') to += to < 0 ? this.#groups.length + 1 : this.#groups.length;
    this.reference(to, start);
    return { kind: 'subroutine', to };
  }

  #flagGroup(rest: string, start: number): { readonly form: GroupForm } | 'flags' {
    const found = /^\(\?\^?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/.exec(rest);
    if (!found) this.fail('unrecognized character after (?', start + 2);
    const reset = rest.startsWith('(?^');
    const base = reset
      ? {
          ignoreCase: false,
          multiline: false,
          dotAll: false,
          extended: false,
          ungreedy: this.#flags.ungreedy,
        }
      : this.#flags;
    const flags = { ...base };
    for (const letter of found[1] ?? '') flags[this.#flag(letter, start)] = true;
    for (const letter of found[2] ?? '') flags[this.#flag(letter, start)] = false;
    this.at += found[0].length;
    this.#flags = flags;
    return found[3] === ')' ? 'flags' : { form: { kind: 'plain' } };
  }

  #flag(letter: string, start: number): keyof Flags {
    const name = flagNames.get(letter);
    if (!name) this.fail(`the flag ${letter} is not supported`, start + 2);
    return name;
  }
}

const flagNames: ReadonlyMap<string, keyof Flags> = new Map([
  ['i', 'ignoreCase'],
  ['m', 'multiline'],
  ['s', 'dotAll'],
  ['x', 'extended'],
  ['U', 'ungreedy'],
]);

const plainForms: readonly (readonly [string, GroupForm])[] = [
  ['(?:', { kind: 'plain' }],
  ['(?>', { kind: 'atomic' }],
  ['(?=', { kind: 'look', ahead: true, negated: false }],
  ['(?!', { kind: 'look', ahead: true, negated: true }],
  ['(?<=', { kind: 'look', ahead: false, negated: false }],
  ['(?<!', { kind: 'look', ahead: false, negated: true }],
];
