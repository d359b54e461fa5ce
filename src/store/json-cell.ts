import type { RowBinaryReader } from './row-binary-reader.ts';

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
      throw new Error(`a value of the JSON column is of the type 0x${type.toString(16)}`);
  }
}
