/** Integrity levels by the SID in 4688's MandatoryLabel, in Sysmon's words. */
const levels: ReadonlyMap<string, string> = new Map([
  ['S-1-16-0', 'untrusted'],
  ['S-1-16-4096', 'low'],
  ['S-1-16-8192', 'medium'],
  ['S-1-16-8448', 'medium plus'],
  ['S-1-16-12288', 'high'],
  ['S-1-16-16384', 'system'],
  ['S-1-16-20480', 'protected'],
]);

/** The integrity level that a mandatory label's SID stands for. */
export function integrityLevel(sid: string): string | undefined {
  return levels.get(sid);
}
