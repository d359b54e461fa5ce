const HEXADECIMAL = /^[0-9a-f]{8}-([0-9a-f]{4})-([0-9a-f]{4})-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The second at which the process started, in Unix seconds, as its ProcessGuid has it: the second and third group, low half
 * first (`81056205-5686-64dc-…` → 0x64dc5686). Undefined where the text is no GUID or has no time in it. `guid` is in
 * lower case without braces.
 */
export function startSecondOfGuid(guid: string): number | undefined {
  const found = HEXADECIMAL.exec(guid);
  if (!found) return undefined;
  const second = Number.parseInt(`${found[2]}${found[1]}`, 16);
  return second === 0 ? undefined : second;
}
