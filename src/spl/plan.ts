import type { Span } from '../core/diagnostic.ts';
import type { Ticks } from '../core/ticks.ts';
import type { Expression } from './expression.ts';
import type { SearchExpression } from './search-expression.ts';

/**
 * A search as a chain of steps: plain data, the last form before SQL. Commands lower to steps; the steps know nothing of
 * the commands' syntax. Names of fields are as written; a pattern has `*` in it and is expanded against the fields that
 * exist at that point.
 */
export interface Plan {
  readonly source: Source;
  readonly steps: readonly Step[];
}

export type Source = EventsSource | LiteralSource;

/** Events of the store, newest first. Bounds are half-open ticks; null is open. Empty `indexes` means all. */
export interface EventsSource {
  readonly kind: 'events';
  /** Patterns, ORed. */
  readonly indexes: readonly string[];
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  readonly indexEarliest: Ticks | null;
  readonly indexLatest: Ticks | null;
  readonly test: SearchExpression | undefined;
  readonly span: Span;
}

/** Rows that the search itself gives (`makeresults`). Without `rows`: `count` rows that have only `_time`. */
export interface LiteralSource {
  readonly kind: 'literal';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** `_time` is added to each row, the search's now. */
  readonly withTime: boolean;
  /** With `annotate=t`: empty host, source, sourcetype, splunk_server, _raw. */
  readonly annotate: boolean;
  readonly count: number;
  readonly span: Span;
}

interface StepBase {
  /** The stage of the search that it came from. */
  readonly span: Span;
}

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
  /** `auto`: numeric if both numeric, addresses if both addresses, else text. */
  readonly as: 'auto' | 'num' | 'str' | 'ip';
}

export type ConvertFunction =
  | 'auto'
  | 'ctime'
  | 'dur2sec'
  | 'memk'
  | 'mktime'
  | 'mstime'
  | 'none'
  | 'num'
  | 'rmcomma'
  | 'rmunit';

/** One statistic: `p95(x) AS y`. */
export interface Measure {
  /** Canonical name in lower case (`count`, `dc`, `perc`, `stdev` …); aliases are resolved by the registry. */
  readonly function: string;
  /** The number of `perc95`, `exactperc99`. */
  readonly argument?: number;
  /** Field or pattern; undefined for a bare `count`, or where `expression` is given. */
  readonly field?: string;
  /** `count(eval(status=404))`. For count a condition, else a value. */
  readonly expression?: Expression;
  /** Name of the result: the alias, or the text as written (`sum(x)`); may be a pattern where `field` is one. */
  readonly name: string;
  readonly span: Span;
}

/** `span=` of bin, timechart and chart: a length of time (snapped in the search's zone), a number, or a logarithm. */
export type BinSpan =
  | { readonly kind: 'time'; readonly count: number; readonly unit: TimeUnit; readonly snap?: string }
  | { readonly kind: 'number'; readonly width: number }
  | { readonly kind: 'log'; readonly coefficient: number; readonly base: number };

export type TimeUnit =
  | 'microsecond'
  | 'millisecond'
  | 'centisecond'
  | 'decisecond'
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'year';

export interface BinOptions {
  readonly span?: BinSpan;
  readonly minspan?: BinSpan;
  readonly bins?: number;
  readonly start?: number;
  readonly end?: number;
  readonly aligntime?: string;
}

export type Step =
  /** `search` after the first stage. */
  | (StepBase & { readonly kind: 'search'; readonly test: SearchExpression })
  /** Keeps rows for which the condition is true (not false, not null). */
  | (StepBase & { readonly kind: 'filter'; readonly test: Expression })
  /** Assigns left to right; each sees the ones before it. A null result erases the field. */
  | (StepBase & { readonly kind: 'extend'; readonly assignments: readonly Assignment[] })
  /** `rex`: named groups become fields; a row without a match keeps its fields. */
  | (StepBase & {
      readonly kind: 'extract';
      readonly field: string;
      readonly pattern: string;
      readonly patternSpan: Span;
      readonly groups: readonly string[];
      /** 0: all matches. Above 1 or 0 the groups become multivalue. */
      readonly maxMatch: number;
      readonly offsetField?: string;
    })
  /** `rex mode=sed`. */
  | (StepBase & {
      readonly kind: 'substitute';
      readonly field: string;
      readonly script:
        | {
            readonly kind: 's';
            readonly pattern: string;
            readonly replacement: string;
            readonly occurrence: number | 'all';
            readonly ignoreCase: boolean;
          }
        | { readonly kind: 'y'; readonly from: string; readonly to: string };
      readonly patternSpan: Span;
    })
  /** `regex`: keeps rows whose field matches (or does not). */
  | (StepBase & {
      readonly kind: 'match';
      readonly field: string;
      readonly pattern: string;
      readonly patternSpan: Span;
      readonly negated: boolean;
    })
  /** `table`: exactly these columns in this order. `keep`: `fields`, with internal fields kept. `drop`: `fields -`. */
  | (StepBase & {
      readonly kind: 'project';
      readonly mode: 'table' | 'keep' | 'drop';
      readonly fields: readonly string[];
    })
  | (StepBase & {
      readonly kind: 'rename';
      readonly pairs: readonly { readonly from: string; readonly to: string; readonly span: Span }[];
    })
  | (StepBase & {
      readonly kind: 'sort';
      readonly keys: readonly SortKey[];
      readonly limit: number;
      readonly reversed: boolean;
    })
  | (StepBase & { readonly kind: 'reverse' })
  /** First rows. */
  | (StepBase & { readonly kind: 'head'; readonly count: number })
  /** `head (condition)`: rows until the condition first fails. */
  | (StepBase & {
      readonly kind: 'head-while';
      readonly test: Expression;
      readonly nullContinues: boolean;
      readonly keepLast: boolean;
      readonly limit?: number;
    })
  /** Last rows, in reverse order. */
  | (StepBase & { readonly kind: 'tail'; readonly count: number })
  | (StepBase & {
      readonly kind: 'dedup';
      readonly count: number;
      readonly fields: readonly string[];
      readonly keepEvents: boolean;
      readonly keepEmpty: boolean;
      readonly consecutive: boolean;
      readonly sortBy: readonly SortKey[];
    })
  /** `top` and `rare`. `limit` 0 is all. */
  | (StepBase & {
      readonly kind: 'top';
      readonly least: boolean;
      readonly limit: number;
      readonly fields: readonly string[];
      readonly by: readonly string[];
      readonly countField: string | undefined;
      readonly percentField: string | undefined;
      readonly useOther: boolean;
      readonly otherText: string;
    })
  | (StepBase & {
      readonly kind: 'aggregate';
      readonly measures: readonly Measure[];
      readonly by: readonly string[];
      readonly dedupSplitValues: boolean;
      readonly delimiter: string;
    })
  /** `eventstats`. */
  | (StepBase & {
      readonly kind: 'event-aggregate';
      readonly measures: readonly Measure[];
      readonly by: readonly string[];
    })
  /** `streamstats`. */
  | (StepBase & {
      readonly kind: 'running-aggregate';
      readonly measures: readonly Measure[];
      readonly by: readonly string[];
      readonly current: boolean;
      /** 0: all rows before. */
      readonly window: number;
      readonly global: boolean;
      /** Seconds. */
      readonly timeWindow?: number;
      readonly resetOnChange: boolean;
      readonly resetBefore?: Expression;
      readonly resetAfter?: Expression;
    })
  /** `bin`. Numbers become `start-end` labels, `_time` the start of its bin. */
  | (StepBase & {
      readonly kind: 'bin';
      readonly field: string;
      readonly as: string;
      readonly options: BinOptions;
    })
  /** `timechart` (row is `_time`) and `chart`: one row a row value, one column a column value. */
  | (StepBase & {
      readonly kind: 'pivot';
      readonly measures: readonly Measure[];
      readonly row: { readonly field: string; readonly bin: BinOptions | undefined } | undefined;
      readonly column: { readonly field: string; readonly bin: BinOptions | undefined } | undefined;
      readonly options: PivotOptions;
    })
  /** Empty `fields`: every field of the result. */
  | (StepBase & { readonly kind: 'fill-null'; readonly value: string; readonly fields: readonly string[] })
  | (StepBase & { readonly kind: 'expand'; readonly field: string; readonly limit: number })
  /** `convert`: see the registry of its functions; `none` pairs take fields out of patterns. */
  | (StepBase & {
      readonly kind: 'convert';
      readonly timeFormat: string;
      readonly conversions: readonly {
        readonly function: ConvertFunction;
        readonly field: string;
        readonly as: string | undefined;
        readonly span: Span;
      }[];
    })
  | (StepBase & {
      readonly kind: 'pstree';
      readonly parent: string;
      readonly child: string;
      readonly detail: string | undefined;
      readonly spaces: number;
      readonly method: 'i' | 'r';
      readonly by: readonly string[];
    })
  /** `proctree`: trees of the processes that the rows, events, speak of. */
  | (StepBase & {
      readonly kind: 'process-tree';
      readonly fields: ProcessFields;
      /** Trees begin at processes with this text. */
      readonly root: string | undefined;
      /** Only events that had arrived by then. */
      readonly asOf: Ticks | undefined;
    })
  /** `ancestors` and `descendants` of the processes that the rows name, out of the store. */
  | (StepBase & {
      readonly kind: 'relatives';
      readonly side: 'ancestors' | 'descendants';
      readonly host: string;
      readonly pid: string;
      readonly guid: string;
      readonly asOf: Ticks | undefined;
    })
  /** `egress`: the connections whose records, or whose hosts, the rows are of. */
  | (StepBase & {
      readonly kind: 'egress';
      readonly host: string | undefined;
      readonly process: string | undefined;
      readonly destination: string | undefined;
      readonly unrecorded: boolean;
    });

/** Names of the fields in which rows say what `proctree` needs to know. */
export interface ProcessFields {
  readonly host: string;
  readonly pid: string;
  readonly ppid: string;
  readonly guid: string;
  readonly pguid: string;
  readonly image: string;
  readonly pimage: string;
  readonly command: string;
  readonly pcommand: string;
  readonly user: string;
}

export interface Assignment {
  /** Field name; with `parts` where it holds `{field}` pieces whose values become part of the name. */
  readonly field: string;
  readonly parts?: readonly ({ readonly text: string } | { readonly field: string })[];
  readonly value: Expression;
  readonly span: Span;
}

export interface PivotOptions {
  readonly limit: { readonly mode: 'top' | 'bottom'; readonly count: number };
  readonly useOther: boolean;
  readonly otherText: string;
  readonly useNull: boolean;
  readonly nullText: string;
  readonly separator: string;
  readonly format: string | undefined;
  /** timechart: empty bins are filled. */
  readonly continuous: boolean;
  readonly partial: boolean;
  readonly fixedRange: boolean;
  /** `where sum in top5`, `where max > 3` after the column field. */
  readonly where?: {
    readonly aggregate: Measure;
    readonly test:
      | { readonly kind: 'in' | 'notin'; readonly mode: 'top' | 'bottom'; readonly count: number }
      | { readonly kind: 'compare'; readonly operator: '<' | '>'; readonly value: number };
  };
}
