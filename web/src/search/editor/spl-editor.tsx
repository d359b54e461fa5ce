import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Check } from '../../../../src/server/contracts/editor.ts';
import type { DiagnosticMessage } from '../../../../src/server/contracts/error.ts';
import { styleNonce } from '../../frame/nonce.ts';
import { type FaultText, useFaultText } from '../sayings/use-fault-text.ts';
import { complete } from './completion.ts';
import { editorTheme } from './editor-theme.ts';
import { classedSpans } from './token-classes.ts';
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

const severities = { error: 'error', warning: 'warning', note: 'info' } as const;

function lintDiagnostics(
  check: Check,
  length: number,
  faultText: (diagnostic: DiagnosticMessage) => FaultText,
): Diagnostic[] {
  return check.diagnostics
    .filter((diagnostic) => diagnostic.from !== null)
    .map((diagnostic) => {
      const from = Math.min(diagnostic.from ?? 0, length);
      const to = Math.min(Math.max(diagnostic.to ?? from, from), length);
      const { message, hint } = faultText(diagnostic);
      return {
        from,
        to,
        severity: severities[diagnostic.severity],
        message: hint === null ? message : `${message}\n${hint}`,
      };
    });
}

export function SplEditor(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const current = useRef(props);
  current.current = props;
  const { label, hint } = props;
  const faultText = useFaultText();

  useEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: current.current.text,
        extensions: [
          EditorView.cspNonce.of(styleNonce),
          Prec.highest(
            keymap.of([
              { key: 'Mod-Enter', run: () => act(() => current.current.onRun()) },
              {
                key: 'Escape',
                run: (target) =>
                  completionStatus(target.state) === null && act(() => current.current.onStop()),
              },
            ]),
          ),
          lintGutter(),
          lineNumbers(),
          history(),
          drawSelection(),
          EditorView.lineWrapping,
          EditorState.allowMultipleSelections.of(true),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ override: [complete], icons: false, activateOnTypingDelay: 120 }),
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
          keymap.of([
            ...closeBracketsKeymap,
            { key: 'Tab', run: acceptCompletion },
            ...defaultKeymap,
            ...historyKeymap,
            ...completionKeymap,
            ...lintKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) current.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
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

  useEffect(() => {
    const editor = view.current;
    // An answer about an earlier text speaks of other places.
    if (!editor || !checked || checked.text !== editor.state.doc.toString()) return;
    editor.dispatch({ effects: setTokens.of(checked.check.tokens) });
    editor.dispatch(
      setDiagnostics(editor.state, lintDiagnostics(checked.check, checked.text.length, faultText)),
    );
  }, [checked, faultText]);

  return <div className="spl" ref={place} />;
}

function act(what: () => void): true {
  what();
  return true;
}
