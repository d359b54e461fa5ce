/** Why an interrupted run is not taken up. */
export type AnewReason =
  | 'no-checkpoint'
  | 'journal-damaged'
  | 'other-version'
  | 'files-changed'
  | 'other-events';

/** What became of an interrupted run whose folder an export was given. */
export type EarlierRun =
  /** There was none. */
  | { readonly kind: 'none' }
  /** Its first events were left as they are, and the others written behind them. */
  | { readonly kind: 'taken-up'; readonly events: number }
  /** What it had left was removed. */
  | { readonly kind: 'begun-anew'; readonly reason: AnewReason };

/** Why a run was begun anew, as part of a sentence. */
export const anewTexts: Readonly<Record<AnewReason, string>> = {
  'no-checkpoint': 'it had not come to its first checkpoint',
  'journal-damaged': 'its journal is damaged',
  'other-version': 'another version of the program had written it',
  'files-changed': 'files that it left are missing, cut or changed',
  'other-events': 'the store has other events of its scope by now',
};
