/** Keys with what they do, for the end of a page's footer. Keys of one hint are alternatives. */
export interface KeyHint {
  readonly keys: readonly string[];
  readonly does: string;
}

/** The few keys that a page's footer names; the key sheet has them all. */
export function KeyHints({ hints }: { readonly hints: readonly KeyHint[] }) {
  return (
    <span className="keys">
      {hints.map(({ keys, does }) => (
        <span key={does}>
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
          {does}
        </span>
      ))}
    </span>
  );
}
