import type { DiagnosticParameters } from '../../spl/diagnostic-catalogue.ts';
import type { DiagnosticPhrasePattern } from '../../spl/diagnostic-phrase.ts';
import type { RunDiagnosticParameters } from '../../spl/run-diagnostics.ts';

/** What can be said about a search's text: by code, what a wording of it needs (`DiagnosticMessage.parameters`). */
export type SearchTextSayings = DiagnosticParameters;

/** What can be said about a search while it is compiled and run. */
export type SearchRunSayings = RunDiagnosticParameters;

/** Pieces of English that parameters have; `%s` stands for a piece of the search. */
export type SearchPhrasePattern = DiagnosticPhrasePattern;
