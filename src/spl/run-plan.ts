import type { Diagnostic } from '../core/diagnostic.ts';
import type { LossReader } from '../lineage/host-lineage.ts';
import type { Query } from '../store/sql.ts';
import type { Cell, Column, QueryLimits, RowSet, Store, TemporaryTable } from '../store/store.ts';
import { type CompiledProbe, compileSegment, type Remainder, type Segment } from './compile-plan.ts';
import type { ConnectionReader } from './connection-reader.ts';
import { isError } from './diagnostics.ts';
import type { Environment } from './generate/compilation.ts';
import { type EventRows, fieldsOfRows, holdEventRows, rowsOfFields } from './generate/event-rows.ts';
import type { Block } from './generate/operator.ts';
import { presentAnswer } from './generate/present-fields.ts';
import { placeName } from './generate/table-source.ts';
import type { Plan } from './plan.ts';
import { runDiagnostic } from './run-diagnostics.ts';
import { SearchError } from './search-error.ts';

export interface PlanRunOptions {
  readonly store: Store;
  readonly environment: Environment;
  /** `seconds` is for the whole search. */
  readonly limits: QueryLimits;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly lossOf?: LossReader | undefined;
  readonly connectionReader?: ConnectionReader | undefined;
  readonly statistics: { rows: number; queries: number };
}

export interface PlanRun {
  readonly columns: readonly Column[];
  readonly rows: AsyncIterable<Block>;
  close(): Promise<void>;
}

/** Runs a plan segment by segment up to its last, whose rows are then streamed. */
export async function runPlan(plan: Plan, options: PlanRunOptions): Promise<PlanRun> {
  const runner = new PlanRunner(options);
  try {
    return await runner.run(plan);
  } catch (error) {
    await runner.close();
    throw error;
  }
}

/** Rows that a temporary table takes at once. */
const ROWS_AT_ONCE = 65_536;

/** Rows of a question, which are held in memory: the cells of a chart. */
const CELLS = 2_000_000;

type EventRowsSegment = Extract<Segment, { readonly kind: 'event-rows' }>;

interface HeldRows {
  readonly rows: EventRows;
  readonly names: EventRowsSegment['names'];
}

class PlanRunner {
  readonly #options: PlanRunOptions;
  readonly #deadline: number | undefined;
  readonly #tables: TemporaryTable[] = [];

  constructor(options: PlanRunOptions) {
    this.#options = options;
    const { seconds } = options.limits;
    this.#deadline = seconds === undefined ? undefined : Date.now() + seconds * 1000;
  }

  async run(plan: Plan): Promise<PlanRun> {
    let remainder: Remainder = plan;
    const facts = new Map<string, RowSet>();
    let held: HeldRows | undefined;
    for (;;) {
      const segment = compileSegment(remainder, this.#options.environment, facts);
      const errors = segment.diagnostics.filter(isError);
      if (errors.length > 0) throw new SearchError(segment.diagnostics);
      if (segment.kind === 'question') {
        facts.set(segment.key, await this.#answer(segment.query, segment.columns));
        continue;
      }
      if (segment.kind === 'event-rows') {
        held = await this.#hold(segment);
        const { key, query, columns } = segment.question;
        facts.set(key, held ? presentAnswer(fieldsOfRows(held.rows)) : await this.#answer(query, columns));
        continue;
      }
      for (const diagnostic of segment.diagnostics) this.#options.report(diagnostic);
      if (segment.kind === 'rows') {
        const { columns, steps, timeOrder } = segment;
        const rows = this.#probed(oneBlock(segment.rows), segment.probes);
        if (steps.length === 0) return this.#result(columns, rows);
        remainder = await this.#putDown(columns, rows, { steps, timeOrder, listed: true });
        facts.clear();
        continue;
      }
      const given = segment.kind === 'result' && held && rowsOfFields(held.rows, segment.columns, held.names);
      held = undefined;
      const source = given ? oneBlock(given) : this.#query(segment.query, segment.columns);
      const rows = this.#probed(source, segment.probes);
      if (segment.kind === 'result') return this.#result(segment.columns, rows);
      const { operator, columns } = segment;
      const made = operator.columns(columns);
      const { report, store, lossOf, connectionReader } = this.#options;
      const surroundings = { report, store, lossOf, connectionReader, limits: () => this.#limits() };
      const operated = operator.run(rows, columns, surroundings);
      if (segment.steps.length === 0) return this.#result(made, operated);
      remainder = await this.#putDown(made, operated, segment);
      facts.clear();
    }
  }

  async close(): Promise<void> {
    for (const table of this.#tables.splice(0)) await table.drop();
  }

  #result(columns: readonly Column[], rows: AsyncIterable<Block>): PlanRun {
    return { columns, rows: this.#counted(rows), close: () => this.close() };
  }

  async *#counted(rows: AsyncIterable<Block>): AsyncGenerator<Block> {
    try {
      for await (const block of rows) {
        this.#options.statistics.rows += block.length;
        yield block;
      }
    } finally {
      await this.close();
    }
  }

  #query(query: Query, columns: readonly Column[]): AsyncIterable<Block> {
    this.#options.statistics.queries++;
    const { store } = this.#options;
    // A SELECT has at least one column, also where a search shows none.
    const shown: readonly Column[] = columns.length > 0 ? columns : [{ name: 'nothing', type: 'number' }];
    return store.rows(query, shown, this.#limits());
  }

  #limits(): QueryLimits {
    const seconds = this.#deadline && Math.max(1, Math.ceil((this.#deadline - Date.now()) / 1000));
    return { ...this.#options.limits, ...(seconds !== undefined && { seconds }) };
  }

  async #hold(segment: EventRowsSegment): Promise<HeldRows | undefined> {
    const text: Column = { name: 'fields', type: 'text' };
    const rows = await holdEventRows(this.#query(segment.query, [...segment.columns, text]), segment.columns);
    return rows && { rows, names: segment.names };
  }

  async #answer(query: Query, columns: readonly Column[]): Promise<RowSet> {
    const rows: (readonly Cell[])[] = [];
    for await (const block of this.#query(query, columns)) {
      for (const row of block) rows.push(row);
      if (rows.length > CELLS)
        throw new SearchError([runDiagnostic('too-many-cells', { limit: CELLS }, { start: 0, end: 0 })]);
    }
    return { columns, rows };
  }

  async *#probed(rows: AsyncIterable<Block>, probes: readonly CompiledProbe[]): AsyncGenerator<Block> {
    let count = 0;
    for await (const block of rows) {
      count += block.length;
      yield block;
    }
    for (const { query, limit, diagnostic, rowsKept } of probes) {
      if (rowsKept && count < limit) continue;
      const { rows: answer } = await this.#answer(query, [{ name: 'n', type: 'number' }]);
      if (Number(answer[0]?.[0] ?? 0) > limit) this.#options.report(diagnostic);
    }
  }

  async #putDown(
    fields: readonly Column[],
    rows: AsyncIterable<Block>,
    segment: Pick<Extract<Segment, { readonly kind: 'operate' }>, 'steps' | 'timeOrder' | 'listed'>,
  ): Promise<Remainder> {
    const columns = fields.map(({ type }, at): Column => ({ name: placeName(at), type }));
    const table = await this.#options.store.temporaryTable(columns);
    this.#tables.push(table);
    let waiting: (readonly Cell[])[] = [];
    for await (const block of rows) {
      for (const row of block) waiting.push(row);
      if (waiting.length < ROWS_AT_ONCE) continue;
      await table.append(waiting);
      waiting = [];
    }
    await table.append(waiting);
    const { timeOrder, listed } = segment;
    return {
      source: { kind: 'table', table: table.name, fields, timeOrder, listed },
      steps: segment.steps,
    };
  }
}

async function* oneBlock(rows: Block): AsyncGenerator<Block> {
  if (rows.length > 0) yield rows;
}
