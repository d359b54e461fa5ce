import type { Assignment } from './plan.ts';
import { skipBlanks } from './scan.ts';
import type { StageReader } from './stage-reader.ts';

type Target = Pick<Assignment, 'field' | 'parts'>;

/** A bare name on the left of `=`; dots, colons and `{field}` pieces are part of it. */
const bareName = /[\p{L}_{@#][\p{L}\p{N}_.:{}@#-]*/uy;

/**
 * Reads `field =` of an assignment, behind the `=`. The name may be bare, in single or double quotes, and may hold
 * `{field}` pieces whose values become part of it. Undefined where this is no assignment; nothing is reported.
 */
export function readAssignmentTarget(reader: StageReader): Target | undefined {
  const token = reader.peek('expression');
  if (token.kind === 'macro') return undefined;
  let name: string;
  if (token.kind === 'string' || token.kind === 'quoted-field') {
    name = token.value;
    reader.next('expression');
  } else {
    const at = skipBlanks(reader.text, reader.position, reader.end);
    bareName.lastIndex = at;
    name = bareName.exec(reader.text.slice(0, reader.end))?.[0] ?? '';
    if (name === '') return undefined;
    reader.position = at + name.length;
  }
  const equals = reader.peek('expression');
  if (equals.text !== '=' || name === '') return undefined;
  reader.next('expression');
  return targetOf(name);
}

function targetOf(name: string): Target {
  // `a{}` is a name that JSON gives; only braces with a name in them stand for a value.
  if (!/\{[^{}]+\}/.test(name)) return { field: name };
  const parts = name
    .split(/(\{[^{}]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{[^{}]+\}$/.test(piece) ? { field: piece.slice(1, -1) } : { text: piece }));
  return { field: name, parts };
}
