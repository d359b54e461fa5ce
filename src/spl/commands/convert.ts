import type { Span } from '../../core/diagnostic.ts';
import { expectEnd, readOptions, takeField } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { nearestName } from '../nearest-name.ts';
import { textOption } from '../option.ts';
import { countStars, readAlias } from '../parse-measures.ts';
import type { ConvertFunction } from '../plan.ts';
import type { StageReader } from '../stage-reader.ts';

interface Conversion {
  readonly function: ConvertFunction;
  readonly field: string;
  readonly as: string | undefined;
  readonly span: Span;
}

interface ConvertNode {
  readonly kind: 'convert';
  readonly timeFormat: string;
  readonly conversions: readonly Conversion[];
}

const functions: readonly ConvertFunction[] = [
  'auto',
  'ctime',
  'dur2sec',
  'memk',
  'mktime',
  'mstime',
  'none',
  'num',
  'rmcomma',
  'rmunit',
];

const options = {
  timeformat: textOption('%m/%d/%Y %H:%M:%S', 'Format of ctime and mktime.'),
} as const;

export const convert: Command<ConvertNode> = {
  name: 'convert',
  kind: 'streaming',
  mode: 'arguments',
  syntax: 'convert [timeformat=<string>] <function>(<field>) [AS <name>] ...',
  summary: 'Turns values of fields into numbers, times and back.',
  notes: [
    'Functions: auto (to a number if it is one), ctime (epoch to text), mktime (text to epoch), dur2sec (D+HH:MM:SS), mstime (MM:SS.SSS), memk (10m to kilobytes), num, rmcomma, rmunit, none (leaves fields out of a wildcard).',
    '`*` in a field is a wildcard.',
  ],
  options,
  examples: [
    {
      search: 'index=main | stats min(_time) AS first BY host | convert timeformat="%F %T" ctime(first)',
      summary: 'A time as text.',
    },
  ],
  parse(reader) {
    const found = readOptions(reader, 'convert', options);
    const conversions: Conversion[] = [];
    for (;;) {
      if (found.take()) continue;
      const token = reader.peek('arguments');
      if (token.kind === 'comma' || token.kind === 'macro') {
        reader.next('arguments');
        continue;
      }
      if (token.kind !== 'word') break;
      const conversion = readConversion(reader);
      if (conversion !== undefined) conversions.push(conversion);
    }
    expectEnd(reader, 'convert');
    if (conversions.length === 0 && reader.diagnostics.length === 0)
      reader.report(
        'missing-argument',
        { command: 'convert', what: 'a function such as ctime(field)' },
        reader.here(),
      );
    return { kind: 'convert', timeFormat: found.values.timeformat, conversions };
  },
  lower(node, { span }) {
    return [{ kind: 'convert', timeFormat: node.timeFormat, conversions: node.conversions, span }];
  },
};

function readConversion(reader: StageReader): Conversion | undefined {
  const name = reader.next('arguments');
  const known = functions.find((candidate) => candidate === name.text.toLowerCase());
  if (known === undefined)
    reader.report(
      'unknown-function',
      { name: name.text, nearest: nearestName(name.text, functions) },
      name.span,
    );
  const open = reader.peek('arguments');
  if (open.kind !== 'open') {
    if (known !== undefined) reader.report('statistic-needs-field', { name: name.text }, name.span);
    return undefined;
  }
  reader.next('arguments');
  const field = takeField(reader);
  const close = reader.peek('arguments');
  if (close.kind === 'close') reader.next('arguments');
  else if (close.kind === 'end') reader.report('unclosed-parenthesis', { of: name.text }, open.span);
  else {
    reader.report('unexpected-token', { found: close.text, expected: ')' }, close.span);
    reader.skipToEnd();
  }
  const alias = readAlias(reader);
  const span = reader.spanFrom(name.span.start);
  if (field === undefined) {
    reader.report('statistic-needs-field', { name: name.text }, span);
    return undefined;
  }
  if (alias !== undefined && countStars(alias.name) !== countStars(field.name))
    reader.report('wildcard-mismatch', { from: field.name, to: alias.name }, span);
  return { function: known ?? 'none', field: field.name, as: alias?.name, span };
}
