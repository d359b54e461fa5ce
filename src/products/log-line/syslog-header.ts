/** What a syslog header (RFC 5424, RFC 3164, or rsyslog's file form of either) says of the message behind it. */
export interface SyslogHeader {
  /** The machine that sent it, as it stands there. */
  readonly host: string | undefined;
  /** The program: APP-NAME, or the tag before `[pid]:`. */
  readonly program: string | undefined;
  /** Where the message begins in the line. */
  readonly length: number;
}

/** A header is no longer than this: what comes later is message. */
const LONGEST = 1_024;

const priority = /^<\d{1,3}>/;
const version5424 =
  /^1 (?:-|\d{4}-\d\d-\d\dT[\d:.]{5,16}(?:Z|[+-]\d\d:\d\d)?) (\S{1,255}) (\S{1,48}) \S{1,128} \S{1,32} (?:-|(?:\[(?:[^\]\\"]|"(?:[^"\\]|\\.)*")*\])+)(?: |$)/i;
const legacy =
  /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d{1,9})? /;
const isoStamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)? /i;
const hostName = /^\[?([\w.:-]{1,255})\]? /;
const programTag = /^\(?([A-Za-z_][\w./@-]{0,63})\)?(?:\[[\w.-]{0,32}\])?: ?/;

/** Reads the header of a line; undefined where it has none. Nothing before the message is taken from within it. */
export function syslogHeader(line: string): SyslogHeader | undefined {
  const first = line.charCodeAt(0);
  // `<`, a capital letter or a digit: other lines have no header.
  if (first !== 60 && !(first >= 65 && first <= 83) && !(first >= 49 && first <= 57)) return undefined;
  const head = line.slice(0, LONGEST);
  const marked = priority.exec(head)?.[0].length ?? 0;
  const rest = marked > 0 ? head.slice(marked).trimStart() : head;
  const start = head.length - rest.length;
  const modern = marked > 0 ? version5424.exec(rest) : null;
  if (modern) {
    const [all, host, program] = modern;
    return { host: named(host), program: named(program), length: start + all.length };
  }
  const stamp = legacy.exec(rest) ?? isoStamp.exec(rest.startsWith('1 ') ? rest.slice(2) : rest);
  if (!stamp) return marked > 0 ? bare(rest, start) : undefined;
  const skipped = rest.startsWith('1 ') && stamp[0].charCodeAt(0) < 65 ? 2 : 0;
  let at = skipped + stamp[0].length;
  const host = hostName.exec(rest.slice(at));
  // Without a priority, only a host and a program's tag tell a header from a log line that begins with a time.
  const tagAt = at + (host?.[0].length ?? 0);
  const tag = programTag.exec(rest.slice(tagAt));
  if (marked === 0 && (host === null || (tag === null && stamp[0].charCodeAt(0) < 65))) return undefined;
  at = tagAt + (tag?.[0].length ?? 0);
  return { host: host?.[1], program: tag?.[1], length: start + at };
}

/** A priority with the message, or a tag, right behind it. */
function bare(rest: string, start: number): SyslogHeader {
  const tag = programTag.exec(rest);
  return { host: undefined, program: tag?.[1], length: start + (tag?.[0].length ?? 0) };
}

function named(text: string | undefined): string | undefined {
  return text === '-' ? undefined : text;
}
