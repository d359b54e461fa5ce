/** The account's name without its domain: `CORP\wallylambic` → `wallylambic`. */
export function accountName(text: string): string {
  return text.slice(text.lastIndexOf('\\') + 1);
}

/** The account's domain: `CORP\wallylambic` → `CORP`; undefined where the text names none. */
export function accountDomain(text: string): string | undefined {
  const at = text.lastIndexOf('\\');
  return at > 0 ? text.slice(0, at) : undefined;
}
