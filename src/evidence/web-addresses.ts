/** More in one text are a list, and tell nothing of one file. */
const most = 5;

/** The web addresses in a text, as in a command line that downloads something. */
export function webAddresses(text: string): readonly string[] {
  const found = text.match(/\bhttps?:\/\/[^\s"'<>|^`]+/gi) ?? [];
  return [...new Set(found.map((address) => address.replace(/[),;.\]}]+$/, '')))].slice(0, most);
}
