/** What Windows keeps of where a file came from, in its stream `Zone.Identifier`. */
export interface ZoneIdentifier {
  /** 0 this computer, 1 intranet, 2 trusted, 3 internet, 4 restricted. */
  readonly zone: string | undefined;
  readonly hostUrl: string | undefined;
  readonly referrerUrl: string | undefined;
}

/** Reads the stream's text; its lines may have been joined by blanks. Undefined where it is no such text. */
export function readZoneIdentifier(contents: string): ZoneIdentifier | undefined {
  if (!/\[ZoneTransfer\]/i.test(contents)) return undefined;
  const value = (name: string): string | undefined => {
    const found = new RegExp(`(?:^|\\s)${name}=(\\S+)`, 'i').exec(contents)?.[1];
    return found === 'about:internet' ? undefined : found;
  };
  return { zone: value('ZoneId'), hostUrl: value('HostUrl'), referrerUrl: value('ReferrerUrl') };
}

/** Names of the zones. */
export const zoneNames: Readonly<Record<string, string>> = {
  '0': 'this computer',
  '1': 'intranet',
  '2': 'trusted sites',
  '3': 'internet',
  '4': 'restricted sites',
};
