import type { Diagnostic, Span } from '../core/diagnostic.ts';
import type { DiagnosticCode, DiagnosticParameters } from './diagnostic-catalogue.ts';
import { diagnose } from './diagnostics.ts';
import { type ScanMode, scanToken, skipBlanks, type Token } from './scan.ts';

/** A stage with more faults than this is given up. */
const diagnosticsLimit = 50;

/** Parentheses that one end of the stage leaves open and that are reported, from the innermost on. */
const unclosedLimit = 3;

/**
 * Reads one stage (or any range) of a search token by token. The parser of each place says in which mode it reads, so
 * one stage may mix them. Faults are collected in `diagnostics`; reading goes on.
 */
export class StageReader {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly diagnostics: Diagnostic[];
  /** Where the next token is looked for. */
  position: number;
  /** Whether the token before ended an operand (for dots in expressions). */
  afterOperand = false;
  #isGivenUp = false;
  #unclosed = 0;
  #peeked: { at: number; mode: ScanMode; afterOperand: boolean; token: Token } | undefined;

  constructor(text: string, span: Span, diagnostics: Diagnostic[]) {
    this.text = text;
    this.start = span.start;
    this.end = span.end;
    this.position = span.start;
    this.diagnostics = diagnostics;
  }

  /** The next token, which stays. */
  peek(mode: ScanMode): Token {
    const last = this.#peeked;
    if (
      last !== undefined &&
      last.at === this.position &&
      last.mode === mode &&
      last.afterOperand === this.afterOperand
    )
      return last.token;
    const token = scanToken(this.text, this.position, this.end, mode, this.afterOperand);
    this.#peeked = { at: this.position, mode, afterOperand: this.afterOperand, token };
    return token;
  }

  /** The next token, which is taken. */
  next(mode: ScanMode): Token {
    const token = this.peek(mode);
    this.position = token.span.end;
    this.afterOperand =
      token.kind === 'word' ||
      token.kind === 'number' ||
      token.kind === 'string' ||
      token.kind === 'quoted-field' ||
      token.kind === 'macro' ||
      token.kind === 'subsearch' ||
      token.kind === 'close';
    return token;
  }

  /** The token behind the next one, both staying. */
  peekSecond(mode: ScanMode): Token {
    const first = this.peek(mode);
    return scanToken(this.text, first.span.end, this.end, mode, true);
  }

  atEnd(): boolean {
    return skipBlanks(this.text, this.position, this.end) >= this.end;
  }

  report<Code extends DiagnosticCode>(code: Code, parameters: DiagnosticParameters[Code], span: Span): void {
    if (this.diagnostics.length >= diagnosticsLimit) return;
    if (code === 'unclosed-parenthesis' && (this.#isGivenUp || ++this.#unclosed > unclosedLimit)) return;
    this.diagnostics.push(diagnose(code, parameters, span));
    if (this.diagnostics.length >= diagnosticsLimit) this.skipToEnd();
  }

  /** The empty span behind the last token taken. */
  here(): Span {
    const at = Math.min(this.position, this.end);
    return { start: at, end: at };
  }

  /** From an offset to behind the last token taken. */
  spanFrom(start: number): Span {
    return { start, end: Math.max(start, Math.min(this.position, this.end)) };
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  /** Gives up on the rest of the stage, in which parentheses may be closed that are open here. */
  skipToEnd(): void {
    this.#isGivenUp = true;
    this.position = this.end;
  }
}
