import type { Diagnostic } from '../core/diagnostic.ts';
import type { ParameterValue } from '../store/sql.ts';
import type { Column, FieldCatalogue, RowSet } from '../store/store.ts';
import { compileSegment, type Remainder, type Segment } from './compile-plan.ts';
import { DEFAULT_LIMITS } from './generate/compilation.ts';
import type { Plan } from './plan.ts';

/** One segment of a search, as `keizu explain` shows it. */
export interface ExplainedSegment {
  readonly kind: Segment['kind'];
  /** What the segment is for; `present` asks which fields there are, `operator` feeds the one that `operator` names. */
  readonly purpose: 'question' | 'present' | 'event-rows' | 'result' | 'operator';
  readonly operator: string | undefined;
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly columns: readonly Column[];
  /** Queries that tell afterwards whether a limit has cut something. */
  readonly probes: readonly string[];
}

export interface ExplainedPlan {
  readonly segments: readonly ExplainedSegment[];
  /** Fields of events that the first segment reads; undefined where the search reads all that its events have. */
  readonly reads: readonly string[] | undefined;
  /** Where segments after the last one are not shown: they depend on the answer to its question, or there are too many. */
  readonly open: 'question' | 'more' | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ExplainOptions {
  readonly catalogue: FieldCatalogue;
  readonly now: bigint;
  readonly timezone: string;
}

/** Segments that are shown; a search that has more is cut. */
const MOST = 100;

/** The SQL of a plan, as far as it is known without running it. Nothing is run. */
export function explainPlan(plan: Plan, { catalogue, now, timezone }: ExplainOptions): ExplainedPlan {
  const { source } = plan;
  const range = source.kind === 'events' ? source : { earliest: null, latest: null };
  const { earliest, latest } = range;
  const environment = { catalogue, now, timezone, earliest, latest, limits: DEFAULT_LIMITS };
  const segments: ExplainedSegment[] = [];
  const diagnostics: Diagnostic[] = [];
  const facts = new Map<string, RowSet>();
  let reads: readonly string[] | undefined;
  let remainder: Remainder = plan;
  const done = (open?: ExplainedPlan['open']): ExplainedPlan => ({ segments, reads, open, diagnostics });
  while (segments.length < MOST) {
    const segment = compileSegment(remainder, environment, facts);
    if (segments.length === 0) reads = segment.kind === 'rows' ? undefined : segment.reads;
    if (segment.kind === 'rows') return done();
    segments.push(explained(segment));
    if (segment.kind === 'question') {
      if (!segment.key.startsWith('present')) return done('question');
      // Without rows there is no field to add to those that the search names.
      facts.set(segment.key, { columns: segment.columns, rows: [[null, null]] });
      continue;
    }
    diagnostics.push(...segment.diagnostics);
    if (segment.kind === 'event-rows') return done();
    if (segment.kind === 'result' || segment.steps.length === 0) return done();
    const { timeOrder, listed, steps } = segment;
    const fields = segment.operator.columns(segment.columns);
    remainder = { source: { kind: 'table', table: 'tmp', fields, timeOrder, listed }, steps };
    facts.clear();
  }
  return done('more');
}

function explained(segment: Exclude<Segment, { readonly kind: 'rows' }>): ExplainedSegment {
  const { kind, query, columns } = segment;
  const purpose =
    segment.kind === 'operate'
      ? 'operator'
      : segment.kind === 'question' && segment.key.startsWith('present')
        ? 'present'
        : segment.kind;
  return {
    kind,
    purpose,
    operator: segment.kind === 'operate' ? segment.operator.title : undefined,
    sql: query.sql.text,
    parameters: query.parameters,
    columns,
    probes:
      segment.kind === 'question' || segment.kind === 'event-rows'
        ? []
        : segment.probes.map((probe) => probe.query.sql.text),
  };
}
