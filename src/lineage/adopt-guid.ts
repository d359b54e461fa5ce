import { TICKS_PER_SECOND } from '../core/ticks.ts';
import type { RelativeTimes } from './clock.ts';
import { sameCommandLine } from './content.ts';
import type { ImageAgreement } from './image-agreement.ts';
import type { Observations } from './observation.ts';
import { NONE, type ProcessTable } from './process-table.ts';
import { readStartKey } from './start-key.ts';
import { NO_TEXT } from './string-pool.ts';

const SECOND = Number(TICKS_PER_SECOND);

/** What is said of the process that bears a GUID. */
export interface GuidBearer {
  readonly guid: number;
  readonly pid: number;
  readonly image: number;
  readonly commandLine: number;
}

/**
 * Finds, for a GUID whose process no start event bears, the process that a sensor without GUIDs saw start: of the same
 * process id, in the second that the GUID has, and of the same program. So the start that one sensor lost and another one
 * has is not taken for a process that nobody saw.
 */
export class GuidAdoption {
  /** Starts without a GUID by process id, in the order of time. */
  private readonly byPid = new Map<number, number[]>();
  private readonly observations: Observations;
  private readonly times: RelativeTimes;
  private readonly images: ImageAgreement;
  private readonly table: ProcessTable;
  private readonly processOf: Int32Array;
  private readonly within: number;

  constructor(
    observations: Observations,
    times: RelativeTimes,
    images: ImageAgreement,
    table: ProcessTable,
    processOf: Int32Array,
    within: number,
  ) {
    this.observations = observations;
    this.times = times;
    this.images = images;
    this.table = table;
    this.processOf = processOf;
    this.within = within;
  }

  /** Takes a start without a GUID; to be called in the order of time. */
  add(start: number): void {
    const pid = this.observations.pid[start] as number;
    const list = this.byPid.get(pid);
    if (list === undefined) this.byPid.set(pid, [start]);
    else list.push(start);
  }

  /** The process that surely bears the GUID, which then has it; else `NONE`. */
  adopt({ guid, pid, image, commandLine }: GuidBearer): number {
    const { observations, times, images, table, processOf } = this;
    const starts = this.byPid.get(pid);
    const text = observations.texts.text(guid);
    const key = starts === undefined || text === undefined ? undefined : readStartKey(text);
    if (starts === undefined || key === undefined) return NONE;
    const from = times.ofSecond(key.second);
    let found = NONE;
    let nearest = Number.POSITIVE_INFINITY;
    for (let place = times.firstFrom(starts, from - this.within); place < starts.length; place++) {
      const start = starts[place] as number;
      const at = times.at[start] as number;
      if (at > from + SECOND + this.within) break;
      const process = processOf[start] as number;
      if (process === NONE || table.guid[process] !== NO_TEXT) continue;
      if (images.agree(image, observations.image[start] as number) !== true) continue;
      if (
        sameCommandLine(observations.texts, commandLine, observations.commandLine[start] as number) === false
      )
        continue;
      const apart = Math.max(from - at, at - from - SECOND, 0);
      if (apart === nearest && process !== found) return NONE;
      if (apart >= nearest) continue;
      nearest = apart;
      found = process;
    }
    if (found !== NONE) table.guid[found] = guid;
    return found;
  }
}
