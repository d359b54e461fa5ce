import { type ChangeSet, type Text, Transaction } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/**
 * Makes what was written before the editor had a history one step of it: takes the changes back unnoticed, and makes them again. The
 * page sees neither: it is one update, after which the text is what it was.
 */
export function undoEarly(editor: EditorView, changes: ChangeSet, before: Text): void {
  if (changes.empty) return;
  const { state } = editor;
  const back = state.update({
    changes: changes.invert(before),
    annotations: Transaction.addToHistory.of(false),
  });
  const again = back.state.update({ changes, selection: state.selection, userEvent: 'input' });
  editor.dispatch([back, again]);
}
