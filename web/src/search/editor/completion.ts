import type {
  CompletionContext,
  CompletionResult,
  Completion as EditorCompletion,
} from '@codemirror/autocomplete';
import i18next from 'i18next';
import type { Completion, Completions } from '../../../../src/server/contracts/editor.ts';
import { apiSend } from '../../api/client.ts';
import { count } from '../../text/quantity.ts';

const types = {
  command: 'keyword',
  function: 'function',
  field: 'property',
  value: 'constant',
  option: 'enum',
  macro: 'variable',
} as const satisfies Record<Completion['kind'], string>;

type Summaries = Readonly<Record<string, string>>;

/** What may stand where the cursor is, as the server says, in the page's language. */
export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
  if (!context.explicit && !/[\w|=("'.]/.test(before)) return null;
  let found: Completions;
  let summaries: Summaries;
  try {
    [found, summaries] = await Promise.all([
      apiSend<Completions>('POST', '/complete', { text, at: context.pos }),
      summariesOf(i18next.language),
    ]);
  } catch {
    // Completion is a help; a search can be written without it.
    return null;
  }
  if (context.aborted || found.options.length === 0) return null;
  return {
    from: found.from,
    options: found.options.map((option) => editorCompletion(option, summaries)),
    validFor: /^[\w.]*$/,
  };
}

/** What completions do, where the page says it in another language than the server. */
async function summariesOf(language: string): Promise<Summaries> {
  return language === 'ja' ? (await import('../sayings/japanese-summaries.ts')).japaneseSummaries : {};
}

function editorCompletion(option: Completion, summaries: Summaries): EditorCompletion {
  const { label, kind, insert = label, topic } = option;
  const info = (topic === undefined ? undefined : summaries[topic]) ?? option.info;
  const detail = option.detail ?? countText(option);
  return {
    label,
    type: types[kind],
    apply: insert,
    ...(detail !== '' && { detail }),
    ...(info !== undefined && { info }),
  };
}

/** How much of the store a field or a value is of. */
function countText({ events, aliasOf, made }: Completion): string {
  const t = i18next.getFixedT(null, 'search');
  const parts = [
    made === true ? t('ofThisSearch') : [],
    events === null ? t('ofEveryEvent') : [],
    typeof events === 'number' ? t('events', { count: events, text: count(events) }) : [],
    aliasOf === undefined ? [] : `= ${aliasOf}`,
  ];
  return parts.flat().join(' ');
}
