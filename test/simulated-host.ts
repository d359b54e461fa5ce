import { TICKS_PER_MILLISECOND, TICKS_PER_SECOND, type Ticks } from '../src/core/ticks.ts';
import { Random } from '../src/demo/random.ts';
import type { ObservationRow } from '../src/lineage/observation.ts';

/** A sensor of a simulated host: what its events say. */
export type SimulatedSensor =
  /** Sysmon with GUIDs. */
  | 'guid'
  /** Process ids, the parent's image and command line. */
  | 'pid'
  /** As Security 4688 of version 2: process ids and the parent's image. */
  | 'security'
  /** The same, its times cut to whole seconds by a shipper. */
  | 'security-seconds';

export interface HostSimulationOptions {
  readonly seed: string;
  readonly starts: number;
  /** Process ids there are. */
  readonly pool: number;
  /** Share of starts and of ends that is lost, at each sensor by itself. */
  readonly lost: number;
  /** Share of events that come twice under another id. */
  readonly doubled?: number;
  /** Most seconds by which the clock of each sensor is wrong; the error drifts. */
  readonly clockError?: number;
  /** Most seconds by which each single event's time is wrong. */
  readonly jitter?: number;
  /** Share of events that arrive up to an hour late. */
  readonly late?: number;
  readonly sensors: readonly SimulatedSensor[];
}

export interface SimulatedProcess {
  readonly number: number;
  readonly pid: number;
  readonly image: string;
  readonly commandLine: string;
  readonly logonId: string;
  readonly parent: SimulatedProcess | undefined;
  readonly startSeconds: number;
  readonly guid: string;
  endSeconds: number | undefined;
}

export interface SimulatedHost {
  /** In the order of arrival. */
  readonly rows: readonly ObservationRow[];
  readonly processes: readonly SimulatedProcess[];
  /** The process of every start event, by the event's id. */
  readonly ofStart: ReadonlyMap<string, SimulatedProcess>;
}

const EPOCH: Ticks = 1_700_000_000n * TICKS_PER_SECOND;

/** Programs: how often they start, how long they live on average, whether they start others. */
const programs: readonly (readonly [
  weight: number,
  name: string,
  life: number,
  starts: boolean,
  line: 'same' | 'few' | 'unique',
])[] = [
  [10, 'svchost.exe', 900, true, 'few'],
  [14, 'cmd.exe', 6, true, 'unique'],
  [9, 'powershell.exe', 25, true, 'unique'],
  [16, 'conhost.exe', 8, false, 'same'],
  [12, 'chrome.exe', 200, true, 'unique'],
  [4, 'explorer.exe', 4000, true, 'same'],
  [6, 'WmiPrvSE.exe', 90, true, 'same'],
  [8, 'taskhostw.exe', 60, false, 'few'],
  [5, 'rundll32.exe', 5, true, 'unique'],
  [7, 'git.exe', 2, true, 'unique'],
  [5, 'node.exe', 40, true, 'unique'],
  [4, 'OUTLOOK.EXE', 3000, true, 'same'],
];

/** A host that starts a process a second on average. Everything is a function of the options. */
export function simulateHost(options: HostSimulationOptions): SimulatedHost {
  const random = new Random(options.seed);
  const processes = runProcesses(options, random);
  const ofStart = new Map<string, SimulatedProcess>();
  const arriving: { readonly row: ObservationRow; readonly arrival: Ticks }[] = [];
  for (const [number, sensor] of options.sensors.entries()) {
    const error = (options.clockError ?? 0) * (random.fraction() * 2 - 1);
    const clock = (seconds: number): Ticks => {
      const drift = error * (0.8 + 0.2 * Math.sin(seconds / 5000 + number));
      const jitter = (options.jitter ?? 0) * (random.fraction() * 2 - 1);
      return EPOCH + BigInt(Math.round((seconds + drift + jitter) * 1e4)) * (TICKS_PER_MILLISECOND / 10n);
    };
    const write = (process: SimulatedProcess, kind: 'start' | 'end', seconds: number): void => {
      if (random.chance(options.lost)) return;
      const exact = clock(seconds);
      const time = sensor === 'security-seconds' ? exact - (exact % TICKS_PER_SECOND) : exact;
      for (let copy = 0; copy < (random.chance(options.doubled ?? 0) ? 2 : 1); copy++) {
        const id = `${sensor}-${kind}-${process.number}-${copy}`;
        const delay = random.chance(options.late ?? 0) ? random.fraction() * 3600 : random.fraction() * 5;
        const arrival = EPOCH + BigInt(Math.round((seconds + delay) * 1e7));
        if (kind === 'start') ofStart.set(id, process);
        arriving.push({ row: rowOf(process, kind, sensor, id, time, arrival), arrival });
      }
    };
    for (const process of processes) {
      write(process, 'start', process.startSeconds);
      if (process.endSeconds !== undefined) write(process, 'end', process.endSeconds);
    }
  }
  arriving.sort((one, other) => Number(one.arrival - other.arrival));
  return { rows: arriving.map(({ row }) => row), processes, ofStart };
}

function runProcesses({ starts, pool }: HostSimulationOptions, random: Random): readonly SimulatedProcess[] {
  const processes: SimulatedProcess[] = [];
  let alive: SimulatedProcess[] = [];
  const ends = new Map<SimulatedProcess, number>();
  const used = new Set<number>();
  let now = 0;
  const leave = (process: SimulatedProcess, seconds: number): void => {
    process.endSeconds = seconds;
    used.delete(process.pid);
    ends.delete(process);
  };
  while (processes.length < starts) {
    now += random.exponential(1);
    if (processes.length % Math.ceil(pool / 64) === 0) {
      for (const process of alive) {
        const end = ends.get(process) ?? 0;
        if (end <= now) leave(process, end);
      }
      alive = alive.filter(({ endSeconds }) => endSeconds === undefined);
    }
    while (used.size >= pool * 0.7) {
      const oldest = alive.splice(random.whole(1, alive.length - 1), 1)[0];
      if (oldest !== undefined) leave(oldest, now);
    }
    let parent = processes.length === 0 ? undefined : random.pick(alive);
    for (let tries = 0; parent !== undefined && !isAble(parent, ends, now); tries++)
      parent = tries > 50 ? alive[0] : random.pick(alive);
    let pid = random.whole(1, pool) * 4;
    while (used.has(pid)) pid = random.whole(1, pool) * 4;
    const weighted = programs.map((program) => [program[0], program] as const);
    const [, name, life, , line] =
      processes.length === 0 ? (programs[5] ?? random.pickWeighted(weighted)) : random.pickWeighted(weighted);
    const number = processes.length;
    const tail = line === 'unique' ? ` /${number}` : line === 'few' ? ` -k group${random.whole(1, 6)}` : '';
    const process: SimulatedProcess = {
      number,
      pid,
      image: `C:\\Windows\\System32\\${name}`,
      commandLine: `"C:\\Windows\\System32\\${name}"${tail}`,
      logonId: random.chance(0.8)
        ? (parent?.logonId ?? '0x3e7')
        : `0x${random.whole(1000, 1006).toString(16)}`,
      parent,
      startSeconds: now,
      guid: guidOf(now, number + 1),
      endSeconds: undefined,
    };
    processes.push(process);
    alive.push(process);
    used.add(pid);
    ends.set(process, number === 0 ? Number.POSITIVE_INFINITY : now + 0.05 + random.exponential(life));
  }
  return processes;
}

const startingOthers = new Set(
  programs.flatMap(([, name, , starts]) => (starts ? [`C:\\Windows\\System32\\${name}`] : [])),
);

function isAble(
  process: SimulatedProcess,
  ends: ReadonlyMap<SimulatedProcess, number>,
  now: number,
): boolean {
  return process.number === 0 || (startingOthers.has(process.image) && (ends.get(process) ?? 0) > now);
}

function guidOf(seconds: number, sequence: number): string {
  const second = (1_700_000_000 + Math.floor(seconds)).toString(16).padStart(8, '0');
  const bytes = sequence.toString(16).padStart(12, '0').match(/../g)?.reverse().join('') ?? '';
  const tail = `${bytes}0700`;
  return `0badcafe-${second.slice(4)}-${second.slice(0, 4)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

function rowOf(
  process: SimulatedProcess,
  kind: 'start' | 'end',
  sensor: SimulatedSensor,
  id: string,
  time: Ticks,
  arrival: Ticks,
): ObservationRow {
  const security = sensor === 'security' || sensor === 'security-seconds';
  const product = security ? 'windows-security' : 'sysmon';
  const start = kind === 'start';
  const eventCode = security ? (start ? '4688' : '4689') : start ? '1' : '5';
  const { parent } = process;
  return {
    kind,
    event: { id, product, eventCode, time, arrival },
    pid: process.pid,
    image: process.image,
    guid: sensor === 'guid' ? process.guid : undefined,
    ...(start
      ? {
          commandLine: process.commandLine,
          logonId: process.logonId,
          parentPid: parent?.pid,
          parentImage: parent?.image,
          parentGuid: sensor === 'guid' ? parent?.guid : undefined,
          parentCommandLine: security ? undefined : parent?.commandLine,
        }
      : {}),
  };
}
