import type { ByteText } from '../core/byte-text.ts';
import type { ObjectsOfBlock } from './column-block.ts';
import { decodeJsonKey } from './json-key.ts';
import { RowBinaryReader } from './row-binary-reader.ts';

/** Types of values in the JSON column, as the engine writes them in front of each ("Data types binary encoding"). */
const nothing = 0x00;
const string = 0x15;
const array = 0x1e;
const nullable = 0x23;

type ReadValue = (reader: RowBinaryReader) => string;

/**
 * Reads a JSON value of the engine (paths, each with the type of its value and the value) and gives its text, the paths
 * as keys. Has the engine make that text, it takes fifty times as long. Only texts and lists of texts, which are all that
 * is stored, are known here; anything else is an error of ours.
 */
export function readJsonText(reader: RowBinaryReader): string {
  const members: string[] = [];
  for (let left = reader.variableInteger(); left > 0; left--) {
    const key = JSON.stringify(reader.text());
    members.push(`${key}:${valueReader(reader)(reader)}`);
  }
  return `{${members.join(',')}}`;
}

function valueReader(reader: RowBinaryReader): ReadValue {
  const type = reader.byte();
  switch (type) {
    case nothing:
      return () => 'null';
    case string:
      return (values) => JSON.stringify(values.text());
    case nullable: {
      const read = valueReader(reader);
      return (values) => (values.byte() === 1 ? 'null' : read(values));
    }
    case array: {
      const read = valueReader(reader);
      return (values) => {
        const items: string[] = [];
        for (let left = values.variableInteger(); left > 0; left--) items.push(read(values));
        return `[${items.join(',')}]`;
      };
    }
    default:
      throw unknownType(type);
  }
}

/** Where a value is written: `block` is what the reader reads. */
interface JsonTarget {
  readonly block: Buffer;
  readonly into: ByteText;
}

type CopyValue = (reader: RowBinaryReader, target: JsonTarget) => void;

const [braceOpen, braceClose, bracketOpen, bracketClose, colon, comma, percent] = [...'{}[]:,%'].map((sign) =>
  sign.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/**
 * Writes an object of a JSON column as its text, without making strings; keys are the fields' own names (`json-key.ts`). `reader`
 * reads the block.
 */
export function copyObject(
  objects: ObjectsOfBlock,
  row: number,
  reader: RowBinaryReader,
  target: JsonTarget,
): void {
  const { block, into } = target;
  const { keys, values } = objects;
  const [first, end] = membersOf(objects, row);
  into.byte(braceOpen);
  for (let at = first; at < end; at++) {
    if (at > first) into.byte(comma);
    copyKey(block, keys.starts[at] as number, keys.ends[at] as number, into);
    into.byte(colon);
    reader.seek(values.starts[at] as number);
    valueCopier(reader)(reader, target);
  }
  into.byte(braceClose);
}

/** The text of an object of a JSON column as the engine has it: keys are paths (`json-key.ts`). */
export function objectText(objects: ObjectsOfBlock, row: number, block: Buffer): string {
  const { keys, values } = objects;
  const reader = new RowBinaryReader(block);
  const members: string[] = [];
  const [first, end] = membersOf(objects, row);
  for (let at = first; at < end; at++) {
    reader.seek(values.starts[at] as number);
    const key = block.toString('utf8', keys.starts[at], keys.ends[at]);
    members.push(`${JSON.stringify(key)}:${valueReader(reader)(reader)}`);
  }
  return `{${members.join(',')}}`;
}

function membersOf({ counts }: ObjectsOfBlock, row: number): readonly [number, number] {
  return [row === 0 ? 0 : (counts[row - 1] as number), counts[row] as number];
}

/** Nearly all keys are written in the store as they are. */
function copyKey(block: Buffer, start: number, end: number, into: ByteText): void {
  for (let at = start; at < end; at++)
    if (block[at] === percent) {
      into.text(JSON.stringify(decodeJsonKey(block.toString('utf8', start, end))));
      return;
    }
  into.json(block, start, end);
}

const copyText: CopyValue = (reader, target) => {
  const start = reader.skipText();
  target.into.json(target.block, start, reader.place);
};

const copyNull: CopyValue = (_, target) => target.into.text('null');

function valueCopier(reader: RowBinaryReader): CopyValue {
  const type = reader.byte();
  switch (type) {
    case nothing:
      return copyNull;
    case string:
      return copyText;
    case nullable: {
      const copy = valueCopier(reader);
      return (values, target) => (values.byte() === 1 ? copyNull : copy)(values, target);
    }
    case array: {
      const copy = valueCopier(reader);
      return (values, target) => {
        target.into.byte(bracketOpen);
        for (let left = values.variableInteger(), isFirst = true; left > 0; left--, isFirst = false) {
          if (!isFirst) target.into.byte(comma);
          copy(values, target);
        }
        target.into.byte(bracketClose);
      };
    }
    default:
      throw unknownType(type);
  }
}

function unknownType(type: number): Error {
  return new Error(`a value of the JSON column is of the type 0x${type.toString(16)}`);
}
