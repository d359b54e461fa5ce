import type { Diagnostic, Span } from '../core/diagnostic.ts';
import type { Ticks } from '../core/ticks.ts';
import type { OptionTable } from './option.ts';
import type { LiteralSource, Step } from './plan.ts';
import type { ScanMode } from './scan.ts';
import type { StageReader } from './stage-reader.ts';

/**
 * `generating`: makes rows, stands first. `streaming`: looks at one row at a time. `ordering`: needs the rows' order but
 * keeps rows as they are. `transforming`: gives other rows than it takes.
 */
export type CommandKind = 'generating' | 'streaming' | 'ordering' | 'transforming';

export interface CommandExample {
  readonly search: string;
  readonly summary: string;
}

/** What lowering knows of a search's surroundings. */
export interface LowerContext {
  /** When the search started. */
  readonly now: Ticks;
  /** IANA name of the user's zone. */
  readonly timezone: string;
  /** The stage, in the search text. */
  readonly span: Span;
  report(diagnostic: Diagnostic): void;
}

/** A command: one declaration for parser, completion, language reference and planner. One file each in `commands/`. */
export interface Command<Node = unknown> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly kind: CommandKind;
  /** `head [<int>] [limit=<int>] [null=<bool>] [keeplast=<bool>] [(<condition>)]`. */
  readonly syntax: string;
  readonly summary: string;
  /** What else is to know: limits, differences from Splunk. */
  readonly notes?: readonly string[];
  readonly options?: OptionTable;
  readonly examples: readonly CommandExample[];
  /** Mode in which most of its arguments are scanned; for highlighting. */
  readonly mode: ScanMode;
  /**
   * Reads the arguments behind the name. Faults are reported to the reader; undefined where nothing sensible can be
   * made of them. Plain data: the syntax tree of this command.
   */
  parse(reader: StageReader): Node | undefined;
  /** The steps that the stage means. Only called for a tree without errors. */
  lower(node: Node, context: LowerContext): readonly Step[];
  /** For a generating command: where its rows come from; `lower` gives what follows. */
  source?(node: Node, context: LowerContext): LiteralSource;
}
