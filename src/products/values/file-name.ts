/** The last part of a path, `\` or `/` between the parts; a path that ends in one has none. */
export function fileName(path: string): string | undefined {
  const at = path.lastIndexOf('\\');
  const name = path.slice((at < 0 ? path.lastIndexOf('/') : at) + 1);
  return name === '' ? undefined : name;
}

/** The path of the file without the name of an alternate stream (`C:\a.txt:Zone.Identifier` → `C:\a.txt`). */
export function withoutStream(path: string): string {
  const lastPart = path.lastIndexOf('\\') + 1;
  const at = path.indexOf(':', lastPart < 2 ? 2 : lastPart);
  return at < 0 ? path : path.slice(0, at);
}
