/** What a right on an object allows. */
const accessRights = [
  'append',
  'change its rights',
  'change memory rights',
  'create a link',
  'create processes',
  'create sub-keys',
  'create threads',
  'delete',
  'delete children',
  'duplicate handles',
  'execute',
  'list sub-keys',
  'query information',
  'query limited information',
  'query values',
  'read',
  'read attributes',
  'read extended attributes',
  'read its rights',
  'read memory',
  'set information',
  'set quotas',
  'set values',
  'take ownership',
  'terminate',
  'wait for it',
  'watch',
  'write',
  'write attributes',
  'write extended attributes',
  'write memory',
] as const;

export type AccessRight = (typeof accessRights)[number];

const phrases = [
  // what the process did
  'accepted a connection between %s and %s',
  'changed the clipboard, %s',
  'connected to %s',
  'connection from %s blocked',
  'connection to %s blocked',
  'created the key %s',
  'created the pipe %s',
  'connected to the pipe %s',
  'deleted %s',
  'deleted the key %s',
  'deleted the value %s',
  'duplicated handle %s into process %s',
  'ended',
  'ended with status %s',
  'installed the service %s: %s',
  'listened on %s',
  'loaded %s',
  'loaded the driver %s',
  'looked up %s',
  'opened %s with %s',
  'ran script',
  'read the volume %s raw',
  'renamed %s to %s',
  'set %s',
  'set the creation time of %s to %s, was %s',
  'started %s (%s): %s',
  'started a thread in %s',
  'started: %s',
  'was given the local port %s',
  'was kept from shredding %s',
  'was kept from writing %s',
  'was refused the local port %s',
  'wrote %s',
  'wrote the executable %s',
  'wrote the stream %s',
  // what it did with an object
  'was refused %s',
  'asked for %s',
  'closed %s',
  'used %s',
  'changed the rights of %s',
  'touched %s',
  // what was done to it
  '%s opened it with %s',
  '%s started a thread in it',
  'its image was tampered with: %s',
  // what happened
  '%s',
  'event',
  'logon',
  'account event',
  'privilege used',
  'a scheduled task was changed',
  'WMI binding %s: %s to %s',
  'WMI consumer %s: %s (%s): %s',
  'WMI event %s: %s',
  'WMI filter %s: %s: %s',
  'its address in a record of the network: %s',
  'its site in a record of the network: %s',
  'the address named beside it in a record of the network: %s',
  'the site named beside it in a record of the network: %s',
  // what may follow
  ' (%s)',
  ' (%s',
  ', %s',
  ')',
  ' (part %s of %s)',
  ' (the sensor kept a copy)',
  ' = %s',
  ' at %s',
  ' from %s',
  ' over %s',
  ' → %s',
  ' → failed (%s)',
  ' → no answer in time (%s)',
  ' → no record (%s)',
  ' → no records (%s)',
  ' → no such name (%s)',
  ', from %s',
  ', not signed',
  ', signed',
  ', signed by %s',
  ', type %s',
  ', was %s',
  ': %s',
] as const;

/**
 * The pieces of English of which lines about events are made; `%s` stands for what is recorded. The page has each in its own
 * language, so that a new one does not compile before it is worded there.
 */
export const evidencePhrases = [
  ...phrases,
  ...accessRights.flatMap((right) => [` (${right}`, `, ${right}`] as const),
] as const;

export type EvidencePhrase = (typeof phrases)[number] | ` (${AccessRight}` | `, ${AccessRight}`;

/** A phrase with what is put in at each `%s`; null is not recorded. */
export interface EvidencePiece {
  readonly phrase: EvidencePhrase;
  readonly parts: readonly (string | null)[];
}

export function piece(phrase: EvidencePhrase, ...parts: readonly (string | undefined)[]): EvidencePiece {
  return { phrase, parts: parts.map((part) => part ?? null) };
}

/** The line that pieces make. */
export function englishLine(pieces: readonly EvidencePiece[]): string {
  return pieces
    .map(({ phrase, parts }) => {
      let place = 0;
      return phrase.replace(/%s/g, () => parts[place++] ?? '(not recorded)');
    })
    .join('');
}
