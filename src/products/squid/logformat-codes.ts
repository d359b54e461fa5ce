/**
 * What a format code's value may be made of. `word`: no blank. `safe`: no bracket or quotation mark, as Squid's `[` quoting
 * leaves it. `free`: anything, so that a client may write into it what looks like the rest of the line.
 */
export type CodeText =
  | 'count'
  | 'seconds'
  | 'signed'
  | 'address'
  | 'tag'
  | 'word'
  | 'stamp'
  | 'safe'
  | 'free';

export interface FormatCode {
  readonly text: CodeText;
  /** The member of `SquidEntry` that it gives; undefined: it is read and not kept under a name of its own. */
  readonly gives: SquidMember | undefined;
}

/** What a line may tell, by the meaning of the format codes; see the table of codes in Squid's `logformat` documentation. */
export type SquidMember =
  | 'endSeconds'
  | 'endMilliseconds'
  | 'endLocal'
  | 'endGmt'
  | 'start'
  | 'duration'
  | 'dnsTime'
  | 'peerResponseTime'
  | 'peerTime'
  | 'client'
  | 'clientPort'
  | 'proxyAddress'
  | 'proxyPort'
  | 'nextHop'
  | 'nextHopPort'
  | 'outgoingAddress'
  | 'outgoingPort'
  | 'clientMac'
  | 'user'
  | 'ident'
  | 'login'
  | 'externalUser'
  | 'status'
  | 'serverStatus'
  | 'method'
  | 'url'
  | 'fullUrl'
  | 'path'
  | 'scheme'
  | 'domain'
  | 'port'
  | 'version'
  | 'contentType'
  | 'tag'
  | 'hierarchy'
  | 'bytesOut'
  | 'bytesIn'
  | 'bytes'
  | 'requestHeaderBytes'
  | 'responseHeaderBytes'
  | 'serverBodyBytes'
  | 'errorCode'
  | 'errorDetail'
  | 'bumpMode'
  | 'serverName'
  | 'certificateSubject'
  | 'clientCertificateSubject'
  | 'transaction'
  | 'connection'
  | 'requestAttempts'
  | 'userAgent'
  | 'referrer'
  | 'requestHeaders'
  | 'responseHeaders'
  | 'eventTag';

function code(text: CodeText, gives?: SquidMember): FormatCode {
  return { text, gives };
}

/** Squid 3 to 7. A code that is not here is read as free text. */
export const formatCodes: Readonly<Record<string, FormatCode>> = {
  ts: code('count', 'endSeconds'),
  tu: code('count', 'endMilliseconds'),
  tl: code('stamp', 'endLocal'),
  tg: code('stamp', 'endGmt'),
  tS: code('seconds', 'start'),
  tr: code('signed', 'duration'),
  dt: code('signed', 'dnsTime'),
  '<pt': code('signed', 'peerResponseTime'),
  '<tt': code('signed', 'peerTime'),
  '>a': code('address', 'client'),
  '>A': code('word', 'client'),
  '>p': code('count', 'clientPort'),
  '>eui': code('word', 'clientMac'),
  '>la': code('address', 'proxyAddress'),
  '>lp': code('count', 'proxyPort'),
  la: code('address', 'proxyAddress'),
  lp: code('count', 'proxyPort'),
  '<a': code('address', 'nextHop'),
  '<A': code('word', 'nextHop'),
  '<p': code('count', 'nextHopPort'),
  '<la': code('address', 'outgoingAddress'),
  '<lp': code('count', 'outgoingPort'),
  un: code('free', 'user'),
  ul: code('free', 'login'),
  ui: code('free', 'ident'),
  ue: code('free', 'externalUser'),
  '>Hs': code('count', 'status'),
  Hs: code('count', 'status'),
  '<Hs': code('count', 'serverStatus'),
  rm: code('word', 'method'),
  '>rm': code('word', 'method'),
  '<rm': code('word'),
  ru: code('word', 'url'),
  '>ru': code('word', 'fullUrl'),
  '<ru': code('word'),
  rp: code('word', 'path'),
  '>rp': code('word', 'path'),
  '>rs': code('word', 'scheme'),
  '>rd': code('word', 'domain'),
  '>rP': code('count', 'port'),
  rv: code('word', 'version'),
  '>rv': code('word', 'version'),
  '<rv': code('word'),
  mt: code('word', 'contentType'),
  Ss: code('tag', 'tag'),
  Sh: code('tag', 'hierarchy'),
  '>st': code('count', 'bytesOut'),
  '<st': code('count', 'bytesIn'),
  st: code('count', 'bytes'),
  '>sh': code('count', 'requestHeaderBytes'),
  '<sh': code('count', 'responseHeaderBytes'),
  '<bs': code('count', 'serverBodyBytes'),
  '<sS': code('count'),
  '>sni': code('word', 'serverName'),
  err_code: code('word', 'errorCode'),
  err_detail: code('word', 'errorDetail'),
  'ssl::bump_mode': code('word', 'bumpMode'),
  'ssl::>sni': code('word', 'serverName'),
  'ssl::<cert_subject': code('free', 'certificateSubject'),
  'ssl::>cert_subject': code('free', 'clientCertificateSubject'),
  'ssl::<cert_issuer': code('free'),
  'ssl::<cert_errors': code('word'),
  'ssl::>negotiated_version': code('word'),
  'ssl::<negotiated_version': code('word'),
  'ssl::>negotiated_cipher': code('word'),
  'ssl::<negotiated_cipher': code('word'),
  'transport::>connection_id': code('word', 'connection'),
  master_xaction: code('word', 'transaction'),
  request_attempts: code('count', 'requestAttempts'),
  et: code('free', 'eventTag'),
  ea: code('free'),
  note: code('free'),
  '>h': code('free'),
  '<h': code('free'),
  '>ha': code('free'),
};

/** What `%{Header}>h` and the whole of the headers give. */
export function headerMember(name: string, argument: string | undefined): SquidMember | undefined {
  if (name === '>h' && argument === undefined) return 'requestHeaders';
  if (name === '<h' && argument === undefined) return 'responseHeaders';
  if (name !== '>h' && name !== '>ha') return undefined;
  const header = argument?.toLowerCase();
  return header === 'user-agent' ? 'userAgent' : header === 'referer' ? 'referrer' : undefined;
}

/** The pattern of a value. `-` stands for none in every one of them. */
export const codePatterns: Readonly<Record<Exclude<CodeText, 'free'>, string>> = {
  count: '(?:\\d{1,19}|-)',
  seconds: '(?:\\d{1,12}(?:\\.\\d{1,9})?|-)',
  signed: '(?:-?\\d{1,19}|-)',
  address: '[0-9A-Za-z:.%_\\[\\]-]+',
  tag: '(?:[A-Z][A-Z_0-9]{0,79}|-)',
  word: '\\S+',
  stamp: '\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2}(?: [+-]\\d{4})?',
  safe: '[^\\[\\]"]*?',
};
