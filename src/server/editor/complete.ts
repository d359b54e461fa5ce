import type { Command } from '../../spl/command.ts';
import { commands } from '../../spl/commands/registry.ts';
import { aggregateFunctions } from '../../spl/functions/aggregates/registry.ts';
import { evalFunctions } from '../../spl/functions/registry.ts';
import { standardMacroNames } from '../../spl/macros.ts';
import type { Store } from '../../store/store.ts';
import type { Completion, Completions } from '../contracts/editor.ts';
import { type CompletionPlace, completionPlace } from './completion-place.ts';
import { fieldNames, matching } from './field-names.ts';
import { fieldValues } from './field-values.ts';
import { madeFields } from './made-fields.ts';

const most = 200;
const mostValues = 50;

/** Commands whose arguments are statistics. */
const statistical: readonly string[] = ['stats', 'eventstats', 'streamstats', 'timechart', 'chart'];

/** What may stand at a place of a search: best matches first. */
export async function complete(store: Store, text: string, at: number): Promise<Completions> {
  const place = completionPlace(text, Math.min(at, text.length));
  if (place.kind === 'nothing') return { from: at, options: [] };
  const found = await completionsAt(store, text, place);
  const options = place.kind === 'value' ? found : matching(found, place.typed, ({ label }) => label);
  return { from: place.from, options: options.slice(0, most) };
}

async function completionsAt(
  store: Store,
  text: string,
  place: Exclude<CompletionPlace, { readonly kind: 'nothing' }>,
): Promise<readonly Completion[]> {
  switch (place.kind) {
    case 'command':
      return commands.filter(({ kind }) => (kind === 'generating') === place.isFirst).map(commandCompletion);
    case 'macro':
      return standardMacroNames.map((label) => ({ label, kind: 'macro' }));
    case 'value':
      return valueCompletions(store, place);
    case 'option-value':
      return optionValues(place.command, place.option);
    case 'argument':
      return argumentCompletions(store, text, place);
  }
}

function commandCompletion({ name, syntax, summary, notes }: Command): Completion {
  const info = [summary, ...(notes ?? [])].join('\n');
  return { label: name, kind: 'command', detail: syntax, info, topic: `command ${name}` };
}

async function valueCompletions(
  store: Store,
  { field, typed, quoted, needsQuotes }: Extract<CompletionPlace, { readonly kind: 'value' }>,
): Promise<readonly Completion[]> {
  const values = await fieldValues(store, field, typed.replace(/\\([\\"])/g, '$1'), mostValues);
  return values.map(({ value, events }) => {
    const inside = value.replace(/[\\"]/g, '\\$&');
    const isPlain = /^[\w.:@{}-]+$/.test(value);
    const insert = quoted ? `${inside}"` : isPlain && !needsQuotes ? value : `"${inside}"`;
    return { label: value, kind: 'value', insert, events };
  });
}

function optionValues(command: Command, option: string): readonly Completion[] {
  const { syntax = '', summary } = command.options?.[option] ?? {};
  const choices = syntax === '<bool>' ? ['true', 'false'] : syntax.split('|').map((choice) => choice.trim());
  return choices
    .filter((choice) => /^[\w-]+$/.test(choice))
    .map((label) => ({
      label,
      kind: 'value',
      ...(summary !== undefined && { info: summary, topic: `option ${command.name} ${option}` }),
    }));
}

async function argumentCompletions(
  store: Store,
  text: string,
  { command, from, quoted }: Extract<CompletionPlace, { readonly kind: 'argument' }>,
): Promise<readonly Completion[]> {
  const fields = await fieldCompletions(store, text.slice(0, from), command?.mode === 'expression', quoted);
  if (quoted) return fields;
  const isSearch = command === undefined || command.mode === 'search';
  if (isSearch) return [...fields, ...timeOptions];
  if (command.mode === 'expression') return [...functionCompletions(), ...fields];
  const statistics = statistical.includes(command.name) ? statisticCompletions() : [];
  return [...statistics, ...optionCompletions(command), ...fields];
}

async function fieldCompletions(
  store: Store,
  before: string,
  isExpression: boolean,
  quoted: boolean,
): Promise<readonly Completion[]> {
  const known = fieldNames(await store.catalogue());
  const made = madeFields(before).filter((name) => !known.some((field) => field.name === name));
  const insert = (name: string): Pick<Completion, 'insert'> => {
    if (quoted) return { insert: `${name.replace(/['\\]/g, '\\$&')}'` };
    const isPlain = isExpression ? /^[A-Za-z_]\w*$/.test(name) : /^[\w.{}:@-]+$/.test(name);
    if (isPlain) return {};
    return {
      insert: isExpression ? `'${name.replace(/['\\]/g, '\\$&')}'` : `"${name.replace(/["\\]/g, '\\$&')}"`,
    };
  };
  return [
    ...made.map((label): Completion => ({ label, kind: 'field', made: true, ...insert(label) })),
    ...known.map(
      ({ name, events = null, aliasOf }): Completion => ({
        label: name,
        kind: 'field',
        events,
        ...(aliasOf !== undefined && { aliasOf }),
        ...insert(name),
      }),
    ),
  ];
}

const timeOptions: readonly Completion[] = [
  {
    label: 'earliest',
    kind: 'option',
    insert: 'earliest=',
    detail: 'earliest=<time>',
    info: 'Events at or after.',
    topic: 'option  earliest',
  },
  {
    label: 'latest',
    kind: 'option',
    insert: 'latest=',
    detail: 'latest=<time>',
    info: 'Events before.',
    topic: 'option  latest',
  },
];

function functionCompletions(): readonly Completion[] {
  return [...evalFunctions.values()].map(({ name, signature, summary }) => ({
    label: name,
    kind: 'function',
    insert: `${name}(`,
    detail: signature,
    info: summary,
    topic: `function ${name}`,
  }));
}

function statisticCompletions(): readonly Completion[] {
  return [...aggregateFunctions.values()].map(({ name, takes, signature, summary }) => ({
    label: name,
    kind: 'function',
    ...(takes === 'field' && { insert: `${name}(` }),
    detail: signature,
    info: summary,
    topic: `statistic ${name}`,
  }));
}

function optionCompletions({ name: command, options = {} }: Command): readonly Completion[] {
  return Object.entries(options)
    .filter(([, { unsupported }]) => unsupported !== true)
    .map(([name, { syntax, summary }]) => ({
      label: name,
      kind: 'option',
      insert: `${name}=`,
      detail: `${name}=${syntax}`,
      info: summary,
      topic: `option ${command} ${name}`,
    }));
}
