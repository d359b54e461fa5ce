import { Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, QueryLimits, Store } from '../store/store.ts';
import { atMoments } from '../store/time-sql.ts';
import { activityClasses } from './activity-query.ts';
import { amongNames } from './family-rows.ts';
import type { Observations } from './observation.ts';
import { ObservationBuilder } from './observation-builder.ts';
import { addObservation, observationColumns, observationSelect } from './observation-query.ts';
import { asOneBlock, inScope, type ObservationScope } from './observation-scope.ts';
import type { PidEvent } from './pid-events.ts';
import type { PidWindows } from './pid-windows.ts';
import { activitiesAmong } from './read-activities.ts';

const MOST_CHOSEN = 20_000;
const classesOfBoots: readonly string[] = ['boot', 'sensor-state'];

/**
 * Reads the observations in the windows, each once however often it is asked: whole those that tell of the processes
 * themselves, and as far as they tell who is whose child those that only name one as the parent's.
 */
export class WindowReader {
  private readonly known = new Set<PidEvent>();
  /** Rows by the id of the event. */
  private readonly rows = new Map<string, readonly Cell[]>();
  /** Whether there are some that were not read yet. */
  private boots: boolean;
  private readonly activities: boolean;
  private readonly store: Store;
  private readonly scope: ObservationScope;
  private readonly windows: PidWindows;
  private readonly limits: QueryLimits;

  /** `classes`: of the events that the host has. */
  constructor(
    store: Store,
    scope: ObservationScope,
    windows: PidWindows,
    classes: ReadonlySet<string>,
    limits: QueryLimits,
  ) {
    this.store = store;
    this.scope = scope;
    this.windows = windows;
    this.limits = limits;
    this.boots = classesOfBoots.some((each) => classes.has(each));
    this.activities = activityClasses.some((each) => classes.has(each));
  }

  /** Undefined where there are too many. The activities are those of the process ids, and of the GUIDs. */
  async read(guids: ReadonlySet<string>): Promise<Observations | undefined> {
    const chosen = this.windows.whole().filter((event) => !this.known.has(event));
    if (this.known.size + chosen.length > MOST_CHOSEN) return undefined;
    for (const event of chosen) this.known.add(event);
    const among = amongNames({ pids: this.windows.pids, guids });
    const [acted] = await Promise.all([
      this.activities ? activitiesAmong(this.store, this.scope, among, this.limits) : [],
      this.addWhole(chosen),
      this.addBoots(),
    ]);
    const builder = new ObservationBuilder(this.scope.host.toLowerCase());
    for (const row of this.rows.values()) addObservation(builder, row);
    for (const { kind, product, time, ...said } of this.windows.naming())
      builder.add({ kind, event: { id: '', product, eventCode: undefined, time, arrival: time }, ...said });
    for (const activity of acted) builder.add(activity);
    return builder.finish();
  }

  private async addBoots(): Promise<void> {
    if (!this.boots) return;
    this.boots = false;
    const parameters = new Parameters();
    const classes = parameters.bind(classesOfBoots, 'Array(String)');
    await this.add(parameters, sql`_event_class IN ${classes}`);
  }

  private async addWhole(chosen: readonly PidEvent[]): Promise<void> {
    if (chosen.length === 0) return;
    const parameters = new Parameters();
    const pids = [...new Set(chosen.flatMap(({ pid }) => pid ?? []))].map(String);
    const at = atMoments(
      parameters,
      chosen.map(({ time }) => time),
    );
    const wanted = new Set(chosen.map(({ kind, time, pid }) => `${kind} ${time} ${pid}`));
    await this.add(
      parameters,
      sql`_event_class IN ('process-start', 'process-end')
AND ${at}
AND process_id IN ${parameters.bind(pids, 'Array(String)')}`,
      // Others of these process ids may have these moments.
      (row) => wanted.has(`${row[0]} ${row[4]} ${row[6]}`),
    );
  }

  private async add(
    bound: Parameters,
    condition: Sql,
    isWanted: (row: readonly Cell[]) => boolean = () => true,
  ): Promise<void> {
    const statement = sql`${observationSelect} WHERE ${inScope(bound, this.scope)} AND ${condition} ${asOneBlock}`;
    const query = { sql: statement, parameters: bound.values };
    for await (const block of this.store.rows(query, observationColumns, this.limits))
      for (const row of block) if (isWanted(row)) this.rows.set(`${row[0]} ${row[1]}`, row);
  }
}
