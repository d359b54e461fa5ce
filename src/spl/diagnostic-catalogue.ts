import type { Diagnostic, Severity } from '../core/diagnostic.ts';
import type { RegexComplaint } from '../core/regex-complaint.ts';
import type { DiagnosticPhrase } from './diagnostic-phrase.ts';

/**
 * The catalogue of everything that can be said about a search: each code with its parameters. A fault is reported as a
 * code and parameters; the text is made here alone, so that tests hold codes and people read sentences.
 */
export interface DiagnosticParameters {
  // text and quoting
  'search-too-long': { readonly length: number; readonly limit: number };
  'empty-search': Record<never, never>;
  'unclosed-quote': { readonly quote: string };
  'unclosed-bracket': Record<never, never>;
  'unclosed-comment': Record<never, never>;
  'unclosed-macro': Record<never, never>;
  'unclosed-parenthesis': { readonly of?: string | undefined };
  'stray-character': { readonly text: string };
  'unexpected-token': { readonly found: string; readonly expected: DiagnosticPhrase };
  'missing-part': { readonly expected: DiagnosticPhrase };
  'too-deep': { readonly limit: number };

  // stages and commands
  'too-many-stages': { readonly limit: number };
  'empty-stage': Record<never, never>;
  'unknown-command': { readonly name: string; readonly nearest?: string | undefined };
  'command-not-supported': { readonly name: string };
  'subsearch-not-supported': Record<never, never>;
  'generating-command-not-first': { readonly name: string };
  'not-a-generating-command': { readonly name: string };
  'command-name-as-term': { readonly name: string };
  'unknown-option': {
    readonly command: string;
    readonly name: string;
    readonly nearest?: string | undefined;
  };
  'option-not-supported': { readonly command: string; readonly name: string };
  'option-given-twice': { readonly name: string };
  'bad-option-value': {
    readonly name: string;
    readonly found: string;
    readonly expected: DiagnosticPhrase;
  };
  'missing-argument': { readonly command: string; readonly what: DiagnosticPhrase };
  'too-many-arguments': { readonly command: string; readonly found: string };
  'bad-count': { readonly found: string; readonly expected: DiagnosticPhrase };
  'form-not-supported': {
    readonly what: DiagnosticPhrase;
    readonly instead?: DiagnosticPhrase | undefined;
  };

  // the search command
  'lower-case-operator': { readonly word: string };
  'operator-not-in-search': { readonly word: string };
  'single-quotes-in-search': { readonly name: string };
  'missing-value': { readonly field: string };
  'modifier-not-supported': { readonly name: string; readonly instead: DiagnosticPhrase };
  'time-modifier-operator': { readonly name: string; readonly operator: string };
  'time-modifier-as-field': { readonly name: string };
  'bad-time-modifier': { readonly name: string; readonly value: string };
  'empty-time-range': Record<never, never>;

  // expressions
  'incomplete-expression': { readonly expected: DiagnosticPhrase };
  'bad-number': { readonly text: string };
  'missing-assignment': Record<never, never>;
  'unknown-function': {
    readonly name: string;
    readonly nearest?: string | undefined;
    readonly statistic?: boolean;
  };
  'function-not-supported': { readonly name: string };
  'wrong-argument-count': {
    readonly name: string;
    readonly found: number;
    readonly expected: DiagnosticPhrase;
  };
  'number-needed': { readonly where: DiagnosticPhrase };
  'string-needed': { readonly where: DiagnosticPhrase };
  'different-types': {
    readonly operator: string;
    readonly left: DiagnosticPhrase;
    readonly right: DiagnosticPhrase;
  };
  'condition-needed': { readonly where: DiagnosticPhrase; readonly found: DiagnosticPhrase };
  'boolean-value': { readonly where: DiagnosticPhrase };
  'boolean-assigned': { readonly field: string };
  'one-field-only': { readonly name: string; readonly fields: readonly string[] };
  'literal-needed': { readonly name: string; readonly argument: DiagnosticPhrase };

  // statistics
  'unknown-statistic': { readonly name: string; readonly nearest?: string | undefined };
  /** `outside`: the command that alone it is supported in. */
  'statistic-not-supported': { readonly name: string; readonly outside?: string };
  'statistic-needs-field': { readonly name: string };
  'statistic-takes-no-field': { readonly name: string };
  'eval-needs-name': { readonly text: string };
  'name-used-twice': { readonly name: string };
  'wildcard-mismatch': { readonly from: string; readonly to: string };
  'wildcard-not-allowed': { readonly where: DiagnosticPhrase; readonly name: string };
  'split-field-aggregated': { readonly field: string };
  'percentile-out-of-range': { readonly text: string };

  // regular expressions
  'bad-regex': { readonly message: RegexComplaint };
  'regex-without-group': Record<never, never>;
  'regex-not-supported-here': { readonly name: string };
  'bad-sed-script': { readonly message: DiagnosticPhrase };

  // macros
  'unknown-macro': { readonly name: string; readonly arguments: number; readonly known: readonly string[] };
  'bad-macro-call': { readonly message: DiagnosticPhrase };
  'macro-needs-evaluation': { readonly name: string };
  'macro-evaluation-failed': { readonly name: string; readonly because: DiagnosticPhrase | Diagnostic };
  /** `message`: what the macro's own definition says of it. */
  'macro-argument-invalid': { readonly name: string; readonly message?: string | undefined };
  'macro-too-deep': { readonly name: string; readonly limit: number };
  'macro-too-large': { readonly limit: number };
}

export type DiagnosticCode = keyof DiagnosticParameters;

export interface DiagnosticEntry<Parameters> {
  readonly severity: Severity;
  readonly message: (parameters: Parameters) => string;
  readonly hint?: (parameters: Parameters) => string | undefined;
}

function nearestHint({ nearest }: { readonly nearest?: string | undefined }): string | undefined {
  return nearest === undefined ? undefined : `The nearest name is "${nearest}".`;
}

export const diagnosticCatalogue: {
  readonly [Code in DiagnosticCode]: DiagnosticEntry<DiagnosticParameters[Code]>;
} = {
  'search-too-long': {
    severity: 'error',
    message: ({ length, limit }) => `The search has ${length} characters; at most ${limit} are read.`,
  },
  'empty-search': {
    severity: 'error',
    message: () => 'The search is empty.',
    hint: () => 'Write * to search everything.',
  },
  'unclosed-quote': {
    severity: 'error',
    message: ({ quote }) => `This ${quote} has no closing ${quote}.`,
    hint: ({ quote }) =>
      quote === '"' ? 'Inside quotes, write \\" for a quotation mark and \\\\ for a backslash.' : undefined,
  },
  'unclosed-bracket': { severity: 'error', message: () => 'This [ has no closing ].' },
  'unclosed-comment': { severity: 'error', message: () => 'This comment has no closing ```.' },
  'unclosed-macro': { severity: 'error', message: () => 'This ` has no closing `.' },
  'unclosed-parenthesis': {
    severity: 'error',
    message: ({ of }) => `The ( ${of === undefined ? '' : `of ${of} `}has no closing ).`,
  },
  'stray-character': { severity: 'error', message: ({ text }) => `${show(text)} has no meaning here.` },
  'unexpected-token': {
    severity: 'error',
    message: ({ found, expected }) => `Found ${show(found)} where ${expected} was expected.`,
  },
  'missing-part': { severity: 'error', message: ({ expected }) => `${capital(expected)} is missing here.` },
  'too-deep': {
    severity: 'error',
    message: ({ limit }) => `The expression is nested more than ${limit} levels deep.`,
    hint: () => 'A long chain nests, too: write field IN (a, b, c) for a long list of values.',
  },

  'too-many-stages': {
    severity: 'error',
    message: ({ limit }) => `The search has more than ${limit} stages.`,
  },
  'empty-stage': {
    severity: 'error',
    message: () => 'A command is missing after the pipe.',
    hint: () => 'Remove the pipe, or name a command after it.',
  },
  'unknown-command': {
    severity: 'error',
    message: ({ name }) => `Unknown command "${name}".`,
    hint: nearestHint,
  },
  'command-not-supported': {
    severity: 'error',
    message: ({ name }) => `The command "${name}" is not supported yet.`,
  },
  'subsearch-not-supported': {
    severity: 'error',
    message: () => 'Subsearches in [ ] are not supported yet.',
  },
  'generating-command-not-first': {
    severity: 'error',
    message: ({ name }) => `"${name}" makes its own rows, so it must be the first command.`,
  },
  'not-a-generating-command': {
    severity: 'error',
    message: ({ name }) => `"${name}" works on rows, so it cannot be the first command.`,
    hint: () => 'Put a search in front of the pipe, for example index=main.',
  },
  'command-name-as-term': {
    severity: 'warning',
    message: ({ name }) => `"${name}" is searched for as a word.`,
    hint: ({ name }) => `To run the command, write | ${name}.`,
  },
  'unknown-option': {
    severity: 'error',
    message: ({ command, name }) => `"${command}" has no option "${name}".`,
    hint: nearestHint,
  },
  'option-not-supported': {
    severity: 'error',
    message: ({ command, name }) => `The option "${name}" of "${command}" is not supported yet.`,
  },
  'option-given-twice': { severity: 'error', message: ({ name }) => `"${name}" is given twice.` },
  'bad-option-value': {
    severity: 'error',
    message: ({ name, found, expected }) => `"${name}" takes ${expected}, not ${show(found)}.`,
  },
  'missing-argument': {
    severity: 'error',
    message: ({ command, what }) => `"${command}" needs ${what}.`,
  },
  'too-many-arguments': {
    severity: 'error',
    message: ({ command, found }) => `"${command}" does not take ${show(found)} here.`,
  },
  'bad-count': {
    severity: 'error',
    message: ({ found, expected }) => `${show(found)} is not a valid count: it takes ${expected}.`,
  },
  'form-not-supported': {
    severity: 'error',
    message: ({ what }) => `${capital(what)} is not supported yet.`,
    hint: ({ instead }) => instead,
  },

  'lower-case-operator': {
    severity: 'warning',
    message: ({ word }) => `"${word}" is searched for as a word: operators are written in capitals here.`,
    hint: ({ word }) => `Write ${word.toUpperCase()} for the operator, or "${word}" in quotes for the word.`,
  },
  'operator-not-in-search': {
    severity: 'error',
    message: ({ word }) => `The search command has no operator ${word}.`,
    hint: ({ word }) => `Use | where, or put "${word}" in quotes to search for the word.`,
  },
  'single-quotes-in-search': {
    severity: 'warning',
    message: ({ name }) => `In the search command single quotes are part of the name ${name}.`,
    hint: () => 'Use double quotes around a field name with blanks.',
  },
  'missing-value': {
    severity: 'error',
    message: ({ field }) => `The value to compare ${show(field)} with is missing.`,
    hint: ({ field }) => `Write ${field}="" for an empty value, ${field}=* for any value.`,
  },
  'modifier-not-supported': {
    severity: 'error',
    message: ({ name }) => `The search modifier "${name}" is not supported yet.`,
    hint: ({ instead }) => instead,
  },
  'time-modifier-operator': {
    severity: 'error',
    message: ({ name, operator }) => `"${name}" is set with =, not with ${operator}.`,
  },
  'time-modifier-as-field': {
    severity: 'warning',
    message: ({ name }) =>
      `"${name}" sets the time range only in the first stage; here it is compared as a field.`,
    hint: () => 'Move it in front of the first pipe, or use | where _time >= relative_time(now(), "-1h").',
  },
  'bad-time-modifier': {
    severity: 'error',
    message: ({ name, value }) => `${show(value)} is not a time for "${name}".`,
    hint: () => 'Examples: -24h, -7d@d, @w1, now, 1700000000, "10/15/2023:20:00:00", "2023-10-15T20:00:00Z".',
  },
  'empty-time-range': {
    severity: 'error',
    message: () => 'The time range is empty: earliest is not before latest.',
  },

  'incomplete-expression': {
    severity: 'error',
    message: ({ expected }) => `The expression is incomplete: ${expected} is missing.`,
  },
  'bad-number': {
    severity: 'error',
    message: ({ text }) => `${show(text)} is neither a number nor a field name.`,
    hint: ({ text }) => `A field name that begins with a digit goes into single quotes: '${text}'.`,
  },
  'missing-assignment': {
    severity: 'error',
    message: () => 'This is not an assignment: eval needs field=expression.',
  },
  'unknown-function': {
    severity: 'error',
    message: ({ name }) => `Unknown function "${name}".`,
    hint: ({ name, nearest, statistic }) =>
      statistic === true
        ? `"${name}" is a statistic; use it in stats and its kin.`
        : nearestHint({ nearest }),
  },
  'function-not-supported': {
    severity: 'error',
    message: ({ name }) => `The function "${name}" is not supported yet.`,
  },
  'wrong-argument-count': {
    severity: 'error',
    message: ({ name, found, expected }) => `"${name}" takes ${expected}, not ${found}.`,
  },
  'number-needed': {
    severity: 'error',
    message: ({ where }) => `${capital(where)} needs a number, not a quoted text.`,
    hint: () => 'Leave out the quotes, or use tonumber().',
  },
  'string-needed': {
    severity: 'error',
    message: ({ where }) => `${capital(where)} needs a text, not a number.`,
  },
  'different-types': {
    severity: 'error',
    message: ({ operator, left, right }) => `${operator} cannot take a ${left} and a ${right}.`,
    hint: ({ operator }) =>
      operator === '+'
        ? 'Join texts with a dot (.), or turn the text into a number with tonumber().'
        : undefined,
  },
  'condition-needed': {
    severity: 'error',
    message: ({ where, found }) => `${capital(where)} needs a condition, not a ${found}.`,
  },
  'boolean-value': {
    severity: 'error',
    message: ({ where }) => `${capital(where)} needs a value, not a condition.`,
    hint: () => 'Turn the condition into a value with if(condition, "yes", "no").',
  },
  'boolean-assigned': {
    severity: 'error',
    message: ({ field }) => `A condition cannot be assigned to ${show(field)}.`,
    hint: () => 'Turn the condition into a value with if(condition, "yes", "no").',
  },
  'one-field-only': {
    severity: 'error',
    message: ({ name, fields }) => `"${name}" must use exactly one field, not ${fields.length}.`,
  },
  'literal-needed': {
    severity: 'error',
    message: ({ name, argument }) => `${capital(argument)} of "${name}" must be a quoted text.`,
  },

  'unknown-statistic': {
    severity: 'error',
    message: ({ name }) => `Unknown statistic "${name}".`,
    hint: nearestHint,
  },
  'statistic-not-supported': {
    severity: 'error',
    message: ({ name, outside }) =>
      `The statistic "${name}" is not supported ${outside === undefined ? '' : `outside ${outside} `}yet.`,
  },
  'statistic-needs-field': {
    severity: 'error',
    message: ({ name }) => `The statistic "${name}" needs a field: ${name}(field).`,
  },
  'statistic-takes-no-field': {
    severity: 'error',
    message: ({ name }) => `The statistic "${name}" does not take a field.`,
  },
  'eval-needs-name': {
    severity: 'error',
    message: ({ text }) => `${text} needs a name.`,
    hint: ({ text }) => `Write ${text} AS name.`,
  },
  'name-used-twice': { severity: 'error', message: ({ name }) => `Two results are named ${show(name)}.` },
  'wildcard-mismatch': {
    severity: 'error',
    message: ({ from, to }) => `${show(from)} and ${show(to)} have different numbers of wildcards.`,
  },
  'wildcard-not-allowed': {
    severity: 'error',
    message: ({ where, name }) => `${capital(where)} does not take wildcards: ${show(name)}.`,
  },
  'split-field-aggregated': {
    severity: 'error',
    message: ({ field }) => `${show(field)} cannot split the chart and be aggregated in it.`,
  },
  'percentile-out-of-range': {
    severity: 'error',
    message: ({ text }) => `${show(text)} is not a percentile: the number must be from 0 to 100.`,
  },

  'bad-regex': {
    severity: 'error',
    message: ({ message }) => `Invalid regular expression: ${message}.`,
  },
  'regex-without-group': {
    severity: 'error',
    message: () => 'The regular expression has no named group, so nothing would be extracted.',
    hint: () => 'Name what to extract: (?<name>…).',
  },
  'regex-not-supported-here': {
    severity: 'error',
    message: ({ name }) =>
      `This regular expression uses look-around or back-references, which "${name}" cannot run here.`,
    hint: () => 'Use the regex or rex command, or a pattern without them.',
  },
  'bad-sed-script': {
    severity: 'error',
    message: ({ message }) => `Invalid sed expression: ${message}.`,
    hint: () => 'Forms: s/regex/replacement/flags (flags g or a number), y/abc/xyz/.',
  },

  'unknown-macro': {
    severity: 'error',
    message: ({ name, arguments: count }) =>
      count === 0 ? `Unknown macro "${name}".` : `Unknown macro "${name}" with ${count} arguments.`,
    hint: ({ known }) => (known.length > 0 ? `Defined: ${known.join(', ')}.` : undefined),
  },
  'bad-macro-call': { severity: 'error', message: ({ message }) => `Malformed macro call: ${message}.` },
  'macro-needs-evaluation': {
    severity: 'error',
    message: ({ name }) => `The macro "${name}" must be evaluated, which is not supported here.`,
  },
  'macro-evaluation-failed': {
    severity: 'error',
    message: ({ name, because }) =>
      `The macro "${name}" gives no text: ${typeof because === 'string' ? `${because}.` : because.message}`,
  },
  'macro-argument-invalid': {
    severity: 'error',
    message: ({ name, message = 'its validation failed.' }) =>
      `The macro "${name}" rejects its arguments: ${message}`,
  },
  'macro-too-deep': {
    severity: 'error',
    message: ({ name, limit }) => `The macro "${name}" is nested more than ${limit} levels deep.`,
    hint: () => 'A macro must not call itself.',
  },
  'macro-too-large': {
    severity: 'error',
    message: ({ limit }) => `With its macros expanded the search has more than ${limit} characters.`,
  },
};

const longestShown = 60;

function show(text: string): string {
  if (text === '') return 'the end';
  const points = [...text.slice(0, longestShown * 2)];
  return points.length > longestShown ? `"${points.slice(0, longestShown).join('')}…"` : `"${text}"`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
