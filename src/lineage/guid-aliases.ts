import { TICKS_PER_SECOND } from '../core/ticks.ts';
import type { RelativeTimes } from './clock.ts';
import { mayBeSameStart } from './content.ts';
import type { ImageAgreement } from './image-agreement.ts';
import { kindNumbers, type Observations } from './observation.ts';
import type { PidSlots } from './pid-slots.ts';
import { startKeyOf } from './start-key.ts';
import { NO_TEXT } from './string-pool.ts';

/** Starts that one start is compared with, on each side. */
const NEIGHBOURS = 16;

const SECOND = Number(TICKS_PER_SECOND);

/** GUIDs of one process, as several sensors name it. */
export interface GuidAliases {
  /** By the number of a GUID: that of the GUID by which its process goes. */
  readonly primary: Int32Array;
  /** By the number of such a GUID: the others of its process. */
  readonly others: ReadonlyMap<number, readonly number[]>;
}

interface Pair {
  readonly apart: number;
  readonly one: number;
  readonly other: number;
}

/**
 * Which GUIDs name one process: sensors beside each other (Sysmon and an EDR) each give it one of their own. Starts of one
 * process id by two products, within the tolerance, that nothing contradicts are of one process, the nearest first, and one
 * of each product; what they name as the parent, with the same process id, is one process, too. So is one of which a product
 * tells no start, by the second that its GUID has. Products that have a GUID in common name processes in the same way: there, two GUIDs are two processes. Undefined where there is nothing to join.
 */
export function guidAliases(
  observations: Observations,
  times: RelativeTimes,
  slots: PidSlots,
  images: ImageAgreement,
  acrossSensors: number,
): GuidAliases | undefined {
  const spaces = namingSpaces(observations);
  if (new Set(spaces.values()).size < 2) return undefined;
  const { kind, guid, parentGuid, parentPid } = observations;
  const groups = new GuidGroups(observations, spaces);
  const borne = new Uint8Array(observations.texts.size);
  for (let at = 0; at < observations.length; at++)
    if (kind[at] === kindNumbers.start && guid[at] !== NO_TEXT) borne[guid[at] as number] = 1;
  const comparing = { observations, times, images, acrossSensors, spaces };
  const pairs: Pair[] = [];
  for (let slot = 0; slot < slots.count; slot++) {
    const starts: number[] = [];
    const loose: number[] = [];
    for (let at = slots.offsets[slot] as number; at < (slots.offsets[slot + 1] as number); at++) {
      const each = slots.items[at] as number;
      if (guid[each] === NO_TEXT) continue;
      if (kind[each] === kindNumbers.start) starts.push(each);
      else if (borne[guid[each] as number] === 0) loose.push(each);
    }
    pairsOfStarts(comparing, starts, pairs);
    for (const each of loose) pairsOfLoose(comparing, starts, each, pairs);
  }
  pairs.sort((one, other) => one.apart - other.apart || one.one - other.one || one.other - other.other);
  const parents: Pair[] = [];
  for (const pair of pairs) {
    const { one, other } = pair;
    if (!groups.join(guid[one] as number, one, guid[other] as number, other)) continue;
    const both =
      kind[other] === kindNumbers.start && parentGuid[one] !== NO_TEXT && parentGuid[other] !== NO_TEXT;
    if (both && parentGuid[one] !== parentGuid[other] && parentPid[one] === parentPid[other])
      parents.push(pair);
  }
  for (const { one, other } of parents)
    groups.join(parentGuid[one] as number, one, parentGuid[other] as number, other);
  return groups.aliases();
}

/** The observations with the GUIDs by which their processes go. */
export function withPrimaryGuids(observations: Observations, { primary }: GuidAliases): Observations {
  const mapped = (column: Int32Array) =>
    column.map((number) => (number === NO_TEXT ? NO_TEXT : (primary[number] as number)));
  return {
    ...observations,
    guid: mapped(observations.guid),
    parentGuid: mapped(observations.parentGuid),
  };
}

/** By product that gives GUIDs: a number that products share that have a GUID in common. */
function namingSpaces({ length, guid, product }: Observations): ReadonlyMap<number, number> {
  const spaces = new Map<number, number>();
  const firstOf = new Map<number, number>();
  const rename = (from: number, to: number): void => {
    for (const [each, space] of spaces) if (space === from) spaces.set(each, to);
  };
  let several = false;
  for (let at = 0; at < length; at++) {
    if (guid[at] === NO_TEXT) continue;
    const each = product[at] as number;
    if (!spaces.has(each)) spaces.set(each, each);
    several ||= spaces.size > 1;
  }
  if (!several) return spaces;
  for (let at = 0; at < length; at++) {
    if (guid[at] === NO_TEXT) continue;
    const each = product[at] as number;
    const first = firstOf.get(guid[at] as number);
    if (first === undefined) firstOf.set(guid[at] as number, each);
    else if (spaces.get(first) !== spaces.get(each))
      rename(spaces.get(each) as number, spaces.get(first) as number);
  }
  return spaces;
}

/** What all starts of a host are compared by. */
interface Comparing {
  readonly observations: Observations;
  readonly times: RelativeTimes;
  readonly images: ImageAgreement;
  readonly acrossSensors: number;
  readonly spaces: ReadonlyMap<number, number>;
}

function pairsOfStarts(
  { observations, times, images, acrossSensors, spaces }: Comparing,
  starts: readonly number[],
  pairs: Pair[],
): void {
  const { product } = observations;
  for (let at = 0; at < starts.length; at++) {
    const one = starts[at] as number;
    for (let next = at + 1; next < starts.length && next <= at + NEIGHBOURS; next++) {
      const other = starts[next] as number;
      const apart = (times.at[other] as number) - (times.at[one] as number);
      if (apart > acrossSensors) break;
      if (spaces.get(product[one] as number) === spaces.get(product[other] as number)) continue;
      if (mayBeSameStart(observations, images, one, other)) pairs.push({ apart, one, other });
    }
  }
}

/** An end or an activity whose GUID no start bears, and the starts in the second that the GUID tells. */
function pairsOfLoose(
  { observations, times, images, acrossSensors, spaces }: Comparing,
  starts: readonly number[],
  loose: number,
  pairs: Pair[],
): void {
  const { product, guid, image, texts } = observations;
  const second = startKeyOf(texts.text(guid[loose] as number) ?? '')?.second;
  if (second === undefined) return;
  const from = times.ofSecond(second);
  for (let at = times.firstFrom(starts, from - acrossSensors); at < starts.length; at++) {
    const start = starts[at] as number;
    const began = times.at[start] as number;
    if (began > from + SECOND + acrossSensors) break;
    if (spaces.get(product[start] as number) === spaces.get(product[loose] as number)) continue;
    if (images.agree(image[start] as number, image[loose] as number) === false) continue;
    pairs.push({ apart: Math.max(from - began, began - from - SECOND, 0), one: start, other: loose });
  }
}

/** GUIDs that were found to name one process; a way of naming has one in each group. */
class GuidGroups {
  /** By GUID: those of its group, itself included, by the way of naming. */
  private readonly groups = new Map<number, Map<number, number>>();
  private readonly observations: Observations;
  private readonly spaces: ReadonlyMap<number, number>;

  constructor(observations: Observations, spaces: ReadonlyMap<number, number>) {
    this.observations = observations;
    this.spaces = spaces;
  }

  /** Joins the groups of two GUIDs, as two observations give them; false where one way of naming would have two in it. */
  join(guid: number, one: number, otherGuid: number, other: number): boolean {
    const first = this.group(guid, one);
    const second = this.group(otherGuid, other);
    if (first === second) return true;
    for (const space of second.keys()) if (first.has(space)) return false;
    for (const [space, each] of second) {
      first.set(space, each);
      this.groups.set(each, first);
    }
    return true;
  }

  aliases(): GuidAliases | undefined {
    const primary = Int32Array.from({ length: this.observations.texts.size }, (_, number) => number);
    const others = new Map<number, readonly number[]>();
    for (const group of new Set(this.groups.values())) {
      if (group.size < 2) continue;
      const [first, ...rest] = [...group.values()].sort((one, other) => this.compare(one, other));
      if (first === undefined) continue;
      for (const each of rest) primary[each] = first;
      others.set(first, rest);
    }
    return others.size === 0 ? undefined : { primary, others };
  }

  private group(guid: number, observation: number): Map<number, number> {
    const known = this.groups.get(guid);
    if (known !== undefined) return known;
    const space = this.spaces.get(this.observations.product[observation] as number) ?? NO_TEXT;
    const made = new Map([[space, guid]]);
    this.groups.set(guid, made);
    return made;
  }

  /** A process goes by the GUID that has its boot and its order in it, which Sysmon's has. */
  private compare(one: number, other: number): number {
    const first = this.observations.texts.text(one) ?? '';
    const second = this.observations.texts.text(other) ?? '';
    const ordered = (text: string) => (startKeyOf(text)?.boot === undefined ? 1 : 0);
    return ordered(first) - ordered(second) || (first < second ? -1 : 1);
  }
}
