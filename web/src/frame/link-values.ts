/** Reading what a link says: anything may stand there, and what does not fit is left out. */
export type RawLink = Readonly<Record<string, unknown>>;

export function textIn(raw: RawLink, name: string): string | undefined {
  const value = raw[name];
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function wholeNumberIn(raw: RawLink, name: string): number | undefined {
  const value = typeof raw[name] === 'string' ? Number(raw[name]) : raw[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function oneOfIn<Word extends string>(
  raw: RawLink,
  name: string,
  words: readonly Word[],
): Word | undefined {
  return words.find((word) => word === raw[name]);
}

export function isSetIn(raw: RawLink, name: string): true | undefined {
  return raw[name] === true || raw[name] === 1 || raw[name] === '1' ? true : undefined;
}

/** An object without the members that are undefined, so that they do not stand in the address. */
export function withoutGaps<Link extends object>(
  link: Link,
): { [Name in keyof Link]?: NonNullable<Link[Name]> } {
  return Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined)) as never;
}
