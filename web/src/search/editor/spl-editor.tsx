import { ChangeSet, Compartment, EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  gutter,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';
import type { Check } from '../../../../src/server/contracts/editor.ts';
import { styleNonce } from '../../frame/nonce.ts';
import { useFaultText } from '../sayings/use-fault-text.ts';
import { editorTheme } from './editor-theme.ts';
import { somebody } from './somebody.ts';
import { classedSpans } from './token-classes.ts';
import { undoEarly } from './undo-early.ts';
import type { CheckedText } from './use-check.ts';

export interface EditorHandle {
  readonly focus: () => void;
  /** Puts the cursor on a place of the text. */
  readonly goTo: (from: number, to: number) => void;
}

interface Props {
  readonly text: string;
  readonly label: string;
  readonly hint: string;
  readonly checked: CheckedText | undefined;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly onStop: () => void;
  readonly onReady: (handle: EditorHandle) => void;
}

const setTokens = StateEffect.define<Check['tokens']>();

/** The tokens' decorations; while an answer is awaited they move with the text. */
const tokenField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(drawn, transaction) {
    let next = drawn.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setTokens)) continue;
      next = Decoration.set(
        classedSpans(transaction.newDoc.toString(), effect.value).map((span) =>
          Decoration.mark({ class: span.className }).range(span.from, span.to),
        ),
        true,
      );
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Where `writing` and `faultMarks` come to stand: a page that is only looked at loads neither. */
const writingPlace = new Compartment();
const marksPlace = new Compartment();

/** Keeps the room of the marks, so that no text moves when they come. */
const noMarks = gutter({ class: 'cm-gutter-lint' });

/** What was done in the editor before it had what writing needs. */
interface Early {
  readonly changes: ChangeSet;
  readonly isByHand: boolean;
}

/** Adds what writing needs once somebody is there; who wrote before that can undo it, and is offered completions then. */
async function addWriting(editor: EditorView, early: () => Early): Promise<void> {
  const before = editor.state.doc;
  await somebody;
  const { writing, offer } = await import('./writing.ts');
  if (!editor.dom.isConnected) return;
  const { changes, isByHand } = early();
  editor.dispatch({ effects: writingPlace.reconfigure(writing) });
  undoEarly(editor, changes, before);
  if (isByHand && editor.hasFocus) offer(editor);
}

export function SplEditor(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const current = useRef(props);
  current.current = props;
  const { label, hint } = props;
  const faultText = useFaultText();
  const [marks, setMarks] = useState<typeof import('./fault-marks.ts')>();

  useEffect(() => {
    if (!place.current) return;
    let early: Early | undefined;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: current.current.text,
        extensions: [
          EditorView.cspNonce.of(styleNonce),
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => act(() => current.current.onRun()) }])),
          marksPlace.of(noMarks),
          lineNumbers(),
          drawSelection(),
          EditorView.lineWrapping,
          EditorState.allowMultipleSelections.of(true),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          placeholder(hint),
          tokenField,
          editorTheme,
          EditorView.contentAttributes.of({
            'aria-label': label,
            spellcheck: 'false',
            autocapitalize: 'off',
          }),
          writingPlace.of([]),
          // Behind the keys of writing: what is offered is closed first.
          keymap.of([{ key: 'Escape', run: () => act(() => current.current.onStop()) }]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) current.current.onChange(update.state.doc.toString());
            if (early)
              early = {
                changes: early.changes.compose(update.changes),
                isByHand: early.isByHand || update.transactions.some((each) => each.isUserEvent('input')),
              };
          }),
        ],
      }),
    });
    view.current = editor;
    const nothing: Early = { changes: ChangeSet.empty(editor.state.doc.length), isByHand: false };
    early = nothing;
    void addWriting(editor, () => {
      const found = early ?? nothing;
      early = undefined;
      return found;
    });
    current.current.onReady({
      focus: () => editor.focus(),
      goTo: (from, to) => {
        const length = editor.state.doc.length;
        editor.dispatch({
          selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
          scrollIntoView: true,
        });
        editor.focus();
      },
    });
    return () => {
      view.current = undefined;
      editor.destroy();
    };
  }, [label, hint]);

  const { text, checked } = props;
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  const hasFaults = checked?.check.diagnostics.some(({ from }) => from !== null) ?? false;
  useEffect(() => {
    if (hasFaults) void import('./fault-marks.ts').then(setMarks);
  }, [hasFaults]);

  useEffect(() => {
    const editor = view.current;
    // An answer about an earlier text speaks of other places.
    if (!editor || !checked || checked.text !== editor.state.doc.toString()) return;
    editor.dispatch({ effects: setTokens.of(checked.check.tokens) });
    if (!marks) return;
    if (marksPlace.get(editor.state) !== marks.faultMarks)
      editor.dispatch({ effects: marksPlace.reconfigure(marks.faultMarks) });
    marks.markFaults(editor, checked.check.diagnostics, faultText);
  }, [checked, faultText, marks]);

  return <div className="spl" ref={place} />;
}

function act(what: () => void): true {
  what();
  return true;
}
