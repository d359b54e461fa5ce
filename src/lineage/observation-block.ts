import type { ColumnBlock, NumbersOfBlock, TextsOfBlock } from '../store/column-block.ts';
import { kindNumbers, NO_PID, type TextColumn } from './observation.ts';
import type { ObservationBuilder } from './observation-builder.ts';
import { isKind, observationColumns } from './observation-query.ts';
import { NO_TEXT } from './string-pool.ts';
import { viewOf } from './text-bytes.ts';

/** The columns of texts, by how what an event says in them is taken. */
const taken: Readonly<Record<TextColumn, 'whole' | 'meant' | 'guid'>> = {
  product: 'whole',
  eventCode: 'whole',
  guid: 'guid',
  image: 'meant',
  commandLine: 'meant',
  user: 'meant',
  logonId: 'meant',
  integrityLevel: 'meant',
  hash: 'meant',
  parentGuid: 'guid',
  parentImage: 'meant',
  parentCommandLine: 'meant',
  parentUser: 'meant',
};

/**
 * Adds the rows of a block of `observationSelect`, each of which must observe something. Gives what adding its rows one by one
 * (`addObservation`) gives, without making strings of texts that are known, or are not asked for.
 */
export function addObservationBlock(builder: ObservationBuilder, block: ColumnBlock): void {
  const { rows } = block;
  const from = builder.length;
  const view = viewOf(block.bytes);
  const columns = builder.withRoom(rows);
  addKinds(block, columns.kind.subarray(from, from + rows));
  const times = numbersOf(block, 'time').values;
  columns.time.set(times, from);
  columns.until.set(times, from);
  columns.arrival.set(numbersOf(block, 'arrival').values, from);
  addPids(numbersOf(block, 'pid'), columns.pid.subarray(from, from + rows));
  addPids(numbersOf(block, 'parentPid'), columns.parentPid.subarray(from, from + rows));
  for (const [name, how] of Object.entries(taken) as [TextColumn, (typeof taken)[TextColumn]][])
    addTexts(builder, view, textsOf(block, name), how, columns[name].subarray(from, from + rows));
  const { starts, places } = textsOf(block, 'parentGuid');
  for (let row = 0; row < rows; row++) {
    const given = (starts[places === undefined ? row : (places[row] as number)] as number) >= 0;
    columns.parentGuidUnusable[from + row] = given && columns.parentGuid[from + row] === NO_TEXT ? 1 : 0;
  }
  const ids = textsOf(block, 'id');
  for (let row = 0; row < rows; row++)
    builder.ids.pushBytes(view, ids.starts[row] as number, ids.ends[row] as number);
}

const placeOf: ReadonlyMap<string, number> = new Map(observationColumns.map(({ name }, at) => [name, at]));

function columnOf(block: ColumnBlock, name: string): ColumnBlock['columns'][number] | undefined {
  return block.columns[placeOf.get(name) ?? -1];
}

function textsOf(block: ColumnBlock, name: string): TextsOfBlock {
  const column = columnOf(block, name);
  if (column?.kind !== 'texts') throw new Error(`${name} is no column of texts`);
  return column;
}

function numbersOf(block: ColumnBlock, name: string): NumbersOfBlock {
  const column = columnOf(block, name);
  if (column?.kind !== 'numbers') throw new Error(`${name} is no column of numbers`);
  return column;
}

function addKinds(block: ColumnBlock, into: Uint8Array): void {
  const { starts, ends, places } = textsOf(block, 'kind');
  const text = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
  const numbers = places === undefined ? undefined : Array.from(starts, (_, at) => numberOf(at));
  for (let row = 0; row < into.length; row++) {
    const number = numbers === undefined ? numberOf(row) : numbers[(places as Uint8Array)[row] as number];
    if (number === undefined) throw new Error('a row observes nothing');
    into[row] = number;
  }

  function numberOf(at: number): number | undefined {
    const word = text.toString('latin1', starts[at], ends[at]);
    return isKind(word) ? kindNumbers[word] : undefined;
  }
}

/** As `processIdOf` does; a number too large for a process id need not be exact. */
function addPids({ values, nulls }: NumbersOfBlock, into: Float64Array): void {
  const low = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const high = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let row = 0; row < into.length; row++) {
    const number = (high[row * 2 + 1] as number) * 0x1_0000_0000 + (low[row * 2] as number);
    const isPid = nulls?.[row] !== 1 && number > 0 && number <= Number.MAX_SAFE_INTEGER;
    into[row] = isPid ? number : NO_PID;
  }
}

function addTexts(
  builder: ObservationBuilder,
  view: DataView,
  { starts, ends, places }: TextsOfBlock,
  how: 'whole' | 'meant' | 'guid',
  into: Int32Array,
): void {
  const { texts } = builder;
  const numbers = places === undefined ? into : new Int32Array(starts.length);
  for (let at = 0; at < numbers.length; at++) {
    const start = starts[at] as number;
    let number = start < 0 ? NO_TEXT : texts.internBytes(view, start, ends[at] as number);
    if (how === 'meant') number = builder.meantText(number);
    else if (how === 'guid') number = builder.usableGuid(number);
    numbers[at] = number;
  }
  if (places !== undefined)
    for (let row = 0; row < into.length; row++) into[row] = numbers[places[row] as number] as number;
}
