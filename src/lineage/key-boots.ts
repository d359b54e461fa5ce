import type { Ticks } from '../core/ticks.ts';
import { bootsOfKeys } from './boots.ts';
import type { RelativeTimes } from './clock.ts';
import { kindNumbers, type Observations } from './observation.ts';
import { readStartKey, startKeyOf } from './start-key.ts';
import { NO_TEXT } from './string-pool.ts';

/** When a boot was surely running, by the starts and ends whose GUIDs have its number, as one product stamps them. */
export interface KeyBoot {
  readonly product: string;
  /** Not 0, which is that of the few processes that the kernel makes itself. */
  readonly boot: number;
  readonly firstStart: Ticks | undefined;
  readonly last: Ticks;
}

const BOOTS = 0x10000;

/** The first and the last start of a product, and whether any has a GUID. */
export interface StartSpan {
  readonly first: Ticks;
  readonly last: Ticks;
  readonly guids: boolean;
}

/** The first and the last moment at which a product that gives GUIDs tells a start; undefined where none does. */
export function endsOfGuids(
  spans: ReadonlyMap<string, StartSpan>,
): { readonly first: Ticks; readonly last: Ticks } | undefined {
  let ends: { first: Ticks; last: Ticks } | undefined;
  for (const { first, last, guids } of spans.values()) {
    if (!guids) continue;
    ends ??= { first, last };
    if (first < ends.first) ends.first = first;
    if (last > ends.last) ends.last = last;
  }
  return ends;
}

/** Whether the GUIDs of the starts at both ends are of one boot, so that no other lies between them. */
export function areOfOneBoot(first: string, last: string): boolean {
  const boot = readStartKey(first)?.boot ?? 0;
  return boot !== 0 && boot === readStartKey(last)?.boot;
}

/** The boots that the GUIDs of a host's starts and ends tell; none where there was but one. */
export function keyBoots(
  observations: Observations,
  spans: ReadonlyMap<string, StartSpan>,
): readonly KeyBoot[] {
  const { length, kind, guid, product, time, texts } = observations;
  const ends = endsOfGuids(spans);
  if (ends === undefined) return [];
  if (areOfOneBoot(guidAt(observations, ends.first), guidAt(observations, ends.last))) return [];
  const firsts = new Map<number, bigint>();
  const lasts = new Map<number, bigint>();
  for (let at = 0; at < length; at++) {
    const start = kind[at] === kindNumbers.start;
    if ((!start && kind[at] !== kindNumbers.end) || guid[at] === NO_TEXT) continue;
    const boot = startKeyOf(texts.text(guid[at] as number) ?? '')?.boot ?? 0;
    if (boot === 0) continue;
    const key = (product[at] as number) * BOOTS + boot;
    const moment = time[at] as bigint;
    const first = firsts.get(key);
    if (start && (first === undefined || moment < first)) firsts.set(key, moment);
    const last = lasts.get(key);
    if (last === undefined || moment > last) lasts.set(key, moment);
  }
  return [...lasts].map(([key, last]) => ({
    product: texts.text(Math.floor(key / BOOTS)) ?? '',
    boot: key % BOOTS,
    firstStart: firsts.get(key),
    last,
  }));
}

/** The first GUID in order of the starts at a moment. */
function guidAt({ length, kind, guid, time, texts }: Observations, moment: Ticks): string {
  let found = '';
  for (let at = 0; at < length; at++) {
    if (time[at] !== moment || kind[at] !== kindNumbers.start || guid[at] === NO_TEXT) continue;
    const text = texts.text(guid[at] as number) ?? '';
    if (found === '' || text < found) found = text;
  }
  return found;
}

/** Between which moments the boots lie; `ahead` has by how much the clock of a product is wrong. */
export function signsOfBoots(
  boots: readonly KeyBoot[],
  times: RelativeTimes,
  ahead: ReadonlyMap<string, number>,
): ReturnType<typeof bootsOfKeys> {
  const begins = new Map<number, number>();
  const lasts = new Map<number, number>();
  for (const { product, boot, firstStart, last } of boots) {
    const relative = (ticks: Ticks) => Number(ticks - times.base) - (ahead.get(product) ?? 0);
    if (firstStart !== undefined)
      begins.set(boot, Math.min(begins.get(boot) ?? Number.POSITIVE_INFINITY, relative(firstStart)));
    lasts.set(boot, Math.max(lasts.get(boot) ?? Number.NEGATIVE_INFINITY, relative(last)));
  }
  const numbers = [...begins.keys()];
  return bootsOfKeys(
    numbers.length,
    Int32Array.from(numbers),
    Float64Array.from(numbers, (boot) => begins.get(boot) ?? Number.NaN),
    Float64Array.from(numbers, (boot) => lasts.get(boot) ?? Number.NaN),
  );
}
