import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import { complete } from './completion.ts';

/** What the editor needs of whoever writes in it: completion, brackets, undoing, keys. */
export const writing: Extension = [
  history(),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ override: [complete], icons: false, activateOnTypingDelay: 120 }),
  keymap.of([
    ...closeBracketsKeymap,
    { key: 'Tab', run: acceptCompletion },
    ...defaultKeymap,
    ...historyKeymap,
    ...completionKeymap,
  ]),
];

/** Offers completions without being asked for them. */
export function offer(editor: EditorView): void {
  startCompletion(editor);
}
