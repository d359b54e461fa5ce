import type { Command } from './command.ts';
import { commands } from './commands/registry.ts';
import { aggregateFunctions } from './functions/aggregates/registry.ts';
import type { EvalFunction, FunctionCategory } from './functions/eval-function.ts';
import { evalFunctions } from './functions/registry.ts';

const categories: Readonly<Record<FunctionCategory, string>> = {
  comparison: 'Comparison and choice',
  conversion: 'Conversion',
  cryptography: 'Hashes',
  information: 'Information',
  json: 'JSON',
  mathematics: 'Mathematics',
  multivalue: 'Multivalue fields',
  statistics: 'Statistics of arguments',
  text: 'Text',
  time: 'Time',
  trigonometry: 'Trigonometry',
};

/** The language reference as Markdown, made of the tables of commands and functions. */
export function languageReference(): string {
  const sections = [
    '# The search language',
    'Made by `npm run docs:language` from the tables of commands and functions; do not edit it by hand.',
    'Searches are written in SPL as Splunk documents it. A search is a chain of stages with `|` between; the first stage searches events, or begins with `|` and a command that makes its own rows. Text between triple backticks is a comment. What is not listed here is not supported, and a search that uses it is refused with a message that names it.',
    '## Commands',
    ...commands.map(commandSection),
    '## Functions of eval and where',
    ...Object.entries(categories).flatMap(([category, title]) =>
      functionSection(
        title,
        [...evalFunctions.values()].filter((one) => one.category === category),
      ),
    ),
    '## Statistics',
    'For stats, eventstats, streamstats, timechart and chart.',
    table(
      ['statistic', 'meaning'],
      [...aggregateFunctions.values()].map((one) => [
        `${code(one.signature)}${aliases(one.aliases)}`,
        one.summary,
      ]),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function commandSection(command: Command): string {
  const parts = [`### ${command.name}`, command.summary, `\`\`\`\n${command.syntax}\n\`\`\``];
  if (command.aliases !== undefined) parts.push(`Also written ${command.aliases.map(code).join(', ')}.`);
  if (command.notes !== undefined) parts.push(command.notes.map((note) => `- ${note}`).join('\n'));
  const options = Object.entries(command.options ?? {});
  if (options.length > 0)
    parts.push(
      table(
        ['option', 'default', 'meaning'],
        options.map(([name, option]) => [
          code(`${name}=${option.syntax}`),
          fallbackText(option.fallback),
          option.unsupported === true ? `${option.summary} Other values are refused.` : option.summary,
        ]),
      ),
    );
  parts.push(
    command.examples
      .map((example) => `\`\`\`spl\n${example.search}\n\`\`\`\n${example.summary}`)
      .join('\n\n'),
  );
  return parts.join('\n\n');
}

function functionSection(title: string, functions: readonly EvalFunction[]): readonly string[] {
  if (functions.length === 0) return [];
  const rows = functions.map((one) => [`${code(one.signature)}${aliases(one.aliases)}`, one.summary]);
  return [`### ${title}`, table(['function', 'meaning'], rows)];
}

function aliases(names: readonly string[] | undefined): string {
  return names === undefined || names.length === 0 ? '' : `; also ${names.map(code).join(', ')}`;
}

function fallbackText(fallback: unknown): string {
  if (fallback === undefined) return '';
  if (typeof fallback === 'string' || typeof fallback === 'number' || typeof fallback === 'boolean')
    return fallback === ' ' ? 'a blank' : code(String(fallback));
  // The limit of timechart and chart is the one that is an object.
  return typeof fallback === 'object' && fallback !== null && 'count' in fallback
    ? code(String(fallback.count))
    : '';
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
