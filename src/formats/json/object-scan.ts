const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;
const BLANK = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

export type ScanResult = 'open' | 'closed' | 'broken' | 'array';

/**
 * Finds where one JSON object ends, without understanding it, and can pause between any two bytes. It stops early at
 * what proves the object broken: a line feed within a string, or, in text that was laid out with indents, a line that
 * can only be the next object's first. So one bad object does not swallow those behind it.
 */
export class ObjectScan {
  /** Where the scan stopped: behind the object, or at what follows the broken one. */
  position = 0;
  deepest = 0;
  /** Indent of the line on which the scan stands. */
  indent: number;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private measuring = false;
  private least = Number.POSITIVE_INFINITY;
  /** Indent of the line on which the object opens. */
  readonly startIndent: number;
  private readonly startsLine: boolean;
  private readonly isItems: ((keys: readonly string[]) => boolean) | undefined;
  private readonly keys: string[] = [];
  private keyBytes: number[] | undefined;

  /**
   * `indent` is that of the line on which the object opens; `startsLine` whether it is the line's first. `isItems` is
   * asked at each array directly within the object, with the strings before it in the object; where it says yes, the
   * scan stops behind the array's bracket with `array`.
   */
  constructor(indent: number, startsLine: boolean, isItems?: (keys: readonly string[]) => boolean) {
    this.indent = indent;
    this.startIndent = indent;
    this.startsLine = startsLine;
    this.isItems = isItems;
  }

  /** A scan that stands within an object already, so that it ends where that object does. */
  static within(indent: number): ObjectScan {
    const scan = new ObjectScan(indent, false);
    scan.depth = 1;
    return scan;
  }

  scan(bytes: Uint8Array, from: number): ScanResult {
    let at = from;
    const length = bytes.length;
    while (at < length) {
      const byte = bytes[at] as number;
      if (this.inString) {
        if (this.keyBytes === undefined && !this.escaped) {
          at = this.endOfPlain(bytes, at);
          if (at === length) break;
        }
        const result = this.stepInString(bytes[at] as number);
        if (result === 'broken') return this.stop(at, result);
        at++;
        continue;
      }
      if (this.measuring) {
        if (byte === BLANK || byte === TAB) {
          this.indent++;
          at++;
          continue;
        }
        if (byte !== CR && byte !== LF) {
          this.measuring = false;
          if (this.isNextObject(byte)) return this.stop(at, 'broken');
          this.least = Math.min(this.least, this.indent);
        }
      }
      at++;
      switch (byte) {
        case QUOTE:
          this.inString = true;
          if (this.isItems && this.depth === 1) this.keyBytes = [];
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          this.depth++;
          if (this.depth > this.deepest) this.deepest = this.depth;
          if (byte === OPEN_BRACKET && this.depth === 2 && this.isItems?.(this.keys)) {
            return this.stop(at, 'array');
          }
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          this.depth--;
          if (this.depth <= 0) return this.stop(at, 'closed');
          break;
        case LF:
          this.measuring = true;
          this.indent = 0;
          break;
      }
    }
    return this.stop(length, 'open');
  }

  private stop(at: number, result: ScanResult): ScanResult {
    this.position = at;
    return result;
  }

  /** Index of the first byte from `at` on that means something within a string. */
  private endOfPlain(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === QUOTE || byte === BACKSLASH || byte === LF) break;
    }
    return at;
  }

  private stepInString(byte: number): 'on' | 'broken' {
    if (byte === LF) return 'broken';
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) {
      this.inString = false;
      if (this.keyBytes) this.keys.push(Buffer.from(this.keyBytes).toString('utf8'));
      this.keyBytes = undefined;
      return 'on';
    }
    // Keys longer than this are no names of arrays that hold items.
    if (this.keyBytes && this.keyBytes.length < 64) this.keyBytes.push(byte);
    return 'on';
  }

  /** Whether a line that begins with `byte` shows that the object was never closed. */
  private isNextObject(byte: number): boolean {
    if (this.indent > this.startIndent || this.least <= this.startIndent) return false;
    const laidOut = this.least !== Number.POSITIVE_INFINITY;
    if (byte === OPEN_BRACE) return laidOut || this.startsLine;
    return laidOut && byte === CLOSE_BRACE && this.depth > 1;
  }
}
