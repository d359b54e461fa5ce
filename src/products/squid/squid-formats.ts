import { type LogformatMatcher, logformatMatcher } from './logformat-match.ts';
import { type Logformat, parseLogformat } from './logformat-parse.ts';

/** A format with the reader of its lines. */
export interface SquidFormat {
  readonly name: string;
  readonly read: LogformatMatcher;
}

/** What `logformat` and `access_log` of Squid have built in (Squid's configuration reference, `logformat`). */
const native = '%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt';
const common = '%>a %[ui %[un [%tl] "%rm %ru HTTP/%rv" %>Hs %<st %Ss:%Sh';
const combined = '%>a %[ui %[un [%tl] "%rm %ru HTTP/%rv" %>Hs %<st "%{Referer}>h" "%{User-Agent}>h" %Ss:%Sh';
/** What `log_mime_hdrs on` puts behind. */
const headers = ' [%[>h] [%[<h]';
const agent = ' "%{User-Agent}>h"';

function builtIn(name: string, definition: string): SquidFormat {
  const format = parseLogformat(definition);
  if ('message' in format) throw new Error(`${name}: ${format.message}`);
  return formatOf(name, format);
}

/** A request that was no HTTP is logged as `NONE/0.0` and not as `HTTP/1.1`. */
const withoutVersion = (definition: string) => definition.replace(' HTTP/%rv', ' %rv');

/** Formats of lines that begin with a Unix second, the strictest first. */
export const epochFormats: readonly SquidFormat[] = [
  builtIn('squid', native),
  builtIn('squid with headers', native + headers),
  builtIn('squid with user agent', native + agent),
];

/** Native columns with others behind them that only the proxy's configuration explains. */
export const nativeWithMore: SquidFormat = builtIn(
  'squid with more',
  `${native.replace('%[un', '%#un')} %more`,
);

/** Formats of lines that begin with the client. */
export const clientFormats: readonly SquidFormat[] = [
  builtIn('common', withoutVersion(common)),
  builtIn('combined', withoutVersion(combined)),
  builtIn('common with headers', withoutVersion(common) + headers),
  builtIn('combined with headers', withoutVersion(combined) + headers),
];

/** A format that was parsed, with the reader of its lines. */
export function formatOf(name: string, format: Logformat): SquidFormat {
  return { name, read: logformatMatcher(format) };
}

/** Formats that the user gave, each a line of squid.conf or its definition. What is no format is passed over. */
export function userFormats(definitions: readonly string[]): readonly SquidFormat[] {
  return definitions.flatMap((definition) => {
    const format = parseLogformat(definition);
    return 'message' in format ? [] : [formatOf(format.name ?? 'user', format)];
  });
}
