/**
 * An address of IPv6 in its one form (RFC 5952), one of IPv4 within it as IPv4; undefined where the text is none. Sensors write all eight
 * groups, proxies the short form.
 */
export function shortAddress(text: string): string | undefined {
  if (!text.includes(':')) return undefined;
  if (known.has(text)) return known.get(text);
  if (known.size >= mostKnown) known.clear();
  const short = readAddress(text);
  known.set(text, short);
  return short;
}

/** The same addresses come again and again, and reading one takes a microsecond. */
const known = new Map<string, string | undefined>();
const mostKnown = 10_000;

function readAddress(text: string): string | undefined {
  if (!/^(?=.*:)[\da-f:.]{2,45}$/i.test(text) || !URL.canParse(`http://[${text}]/`)) return undefined;
  const short = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  const bits = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
}

/** The forms in which a record may have an address that is in its short form: that, all eight groups, and these with their zeros. */
export function formsOf(address: string): readonly string[] {
  if (!address.includes(':')) return [address];
  const [front = '', back] = address.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(front), groups(back ?? '')];
  const all = [...first, ...Array(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last];
  return [address, all.join(':'), all.map((group) => group.padStart(4, '0')).join(':')];
}
