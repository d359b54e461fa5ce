/**
 * What the fields of proxy, firewall and network records mean, product by product. All of them bear the same names
 * (Common Information Model: Web, Network Traffic, Network Resolution), but not the same meaning: most proxies count on the
 * client's side, a status may be the proxy's own, a time may be the start or the end. `docs/proxies.md` is this table.
 *
 * Directions are the client's in every product: `out` goes from the client towards the destination, `in` comes back.
 *
 * - `src`, `src_ip`, `src_port`: the client's side of its connection: to the proxy where there is one.
 * - `dest`, `dest_host`, `dest_port`: what the client asked for (`dest` is the name, else the address).
 * - `dest_ip`: the destination's address, where the record has it. `next_hop`: the address (or name) that the proxy itself
 *   connected to; `next_hop_is_peer` is `true` where that is another proxy, and then `dest_ip` is not taken from it.
 * - `url`, `http_method`, `status`, `user`, `http_user_agent`, `http_referrer`, `http_content_type`, `category`: as logged.
 * - `action`: `allowed`, `blocked` (by a tag or rule of the device), `failure` (it failed), `challenged` (it asked for
 *   authentication), or absent where the record does not say.
 * - `vendor_action`: the product's own word for it: Squid's tag, `s-action`, conn_state, PAN-OS' action.
 * - `aggregated_count`: how many connections the record sums up; absent: one.
 * - `error_code`, `error_detail`: why the device itself answered, or the connection ended.
 * - `bytes_out`, `bytes_in`: on the side that `bytesOut` and `bytesIn` here say. `bytes`: both, where one record says both.
 * - `server_bytes_out`, `server_bytes_in`, `server_status`: the proxy's connection to the next hop. A `server_status` of 0: the
 *   record says that no answer came; absent: it does not say.
 * - `request_header_bytes`, `response_header_bytes`: the part of `bytes_out` and `bytes_in` that is header.
 * - `end_time`: when it ended (ISO 8601, UTC). The event's time is the start wherever a duration tells it.
 * - `duration`: milliseconds in web records, seconds in those of traffic, as the Information Model has it (`durationUnit`).
 */
export type NetworkProduct =
  | 'squid'
  | 'bluecoat'
  | 'iis'
  | 'w3c'
  | 'w3c-proxy'
  | 'windows-firewall'
  | 'zeek-conn'
  | 'zeek-http'
  | 'zeek-ssl'
  | 'zeek-dns'
  | 'cisco-wsa'
  | 'zscaler-web'
  | 'zscaler-firewall'
  | 'paloalto-traffic'
  | 'paloalto-url'
  | 'fortinet-traffic'
  | 'fortinet-webfilter'
  | 'mcafee-wg'
  | 'forcepoint'
  | 'access-log'
  | 'windows-dns';

/** Where bytes were counted: between client and proxy, between proxy and next hop, or on the wire without a proxy. */
export type CountedSide = 'client' | 'server' | 'wire';

/** What a count of bytes holds: HTTP messages with headers, bodies alone, TCP or UDP payload, whole packets. */
export type CountedBytes = 'messages' | 'bodies' | 'payload' | 'packets';

/** How a product counts one direction. */
export interface ByteMeaning {
  /** What the product calls it. */
  readonly recorded: string;
  readonly side: CountedSide;
  readonly counts: CountedBytes;
  /** `always`; or `configured`: only where the log was configured to have it, so that absence says nothing. */
  readonly present: 'always' | 'configured';
}

/** Whose status a field holds. */
export type StatusMeaning =
  /** What the proxy sent to the client: may be its own answer. */
  | 'to-client'
  /** What the destination (or the next hop) answered. */
  | 'of-server'
  | 'none';

export interface ProxyMeaning {
  /** Which of the Information Model's data models its records follow. */
  readonly model: 'web' | 'traffic' | 'resolution';
  /** Towards the destination, in `bytes_out`. Undefined: it is never counted there. */
  readonly bytesOut: ByteMeaning | undefined;
  /** Back from the destination, in `bytes_in`. */
  readonly bytesIn: ByteMeaning | undefined;
  /** Between proxy and next hop, in `server_bytes_out` and `server_bytes_in`. */
  readonly serverBytesOut: ByteMeaning | undefined;
  readonly serverBytesIn: ByteMeaning | undefined;
  /**
   * Bytes of the proxy's own answer to CONNECT that `bytes_in` of a tunnel contains: only what is beyond them came from the
   * destination. Undefined: not known, or there are no tunnels.
   */
  readonly tunnelReplyBytes: number | undefined;
  /** Whether `bytes_out` of a tunnel contains the CONNECT request itself. */
  readonly tunnelRequestCounted: boolean;
  readonly status: StatusMeaning;
  /** What the recorded time is; `_time` is the start wherever a duration is there to tell it. */
  readonly recordedTime: 'start' | 'end' | 'unknown';
  readonly durationUnit: 'ms' | 's' | undefined;
  /** Whether `src_port` is there, the key to the process. */
  readonly clientPort: 'always' | 'configured' | 'never';
  /** Whether one record may stand for several connections; then it allows no verdict on one. */
  readonly mayAggregate: boolean;
  /** When a record is written. */
  readonly writtenAt: 'end of the transaction' | 'start of the transaction' | 'either, a field says which';
  /** What else its counts, status or times mean, as a sentence. */
  readonly note?: string;
}

const bytes =
  (side: CountedSide, counts: CountedBytes) =>
  (recorded: string, present: ByteMeaning['present'] = 'always'): ByteMeaning => ({
    recorded,
    side,
    counts,
    present,
  });
const client = bytes('client', 'messages');
const server = bytes('server', 'messages');

/** What most proxies have in common; each says what is other. */
const proxy = {
  model: 'web',
  serverBytesOut: undefined,
  serverBytesIn: undefined,
  tunnelReplyBytes: undefined,
  tunnelRequestCounted: true,
  status: 'to-client',
  recordedTime: 'end',
  durationUnit: 'ms',
  clientPort: 'configured',
  mayAggregate: false,
  writtenAt: 'end of the transaction',
} as const satisfies Partial<ProxyMeaning>;

/** What is seen on the wire, without a proxy's own part in it. */
const wire = {
  model: 'traffic',
  bytesOut: undefined,
  bytesIn: undefined,
  serverBytesOut: undefined,
  serverBytesIn: undefined,
  tunnelReplyBytes: undefined,
  tunnelRequestCounted: false,
  status: 'none',
  recordedTime: 'start',
  durationUnit: 's',
  clientPort: 'always',
  mayAggregate: false,
  writtenAt: 'end of the transaction',
} as const satisfies ProxyMeaning;

/** The table: one entry for each product that tells of connections. */
export const proxyMeanings: Readonly<Record<NetworkProduct, ProxyMeaning>> = {
  squid: {
    ...proxy,
    bytesOut: client('%>st', 'configured'),
    bytesIn: client('%<st'),
    tunnelReplyBytes: 39,
    note: 'Measured on Squid 5.7: `%<st` of a tunnel is 39 bytes of its own 200 and what came back. A spliced one has none.',
  },
  bluecoat: {
    note: "ProxySG: only `sr-bytes` and `rs-bytes`, where they were configured, are of the server's side.",
    ...proxy,
    bytesOut: client('cs-bytes'),
    bytesIn: client('sc-bytes'),
    serverBytesOut: server('sr-bytes', 'configured'),
    serverBytesIn: server('rs-bytes', 'configured'),
  },
  iis: {
    note: "IIS is the destination itself: its status is the server's.",
    ...proxy,
    bytesOut: client('cs-bytes', 'configured'),
    bytesIn: client('sc-bytes', 'configured'),
    status: 'of-server',
  },
  w3c: {
    note: "Any other writer, by the W3C's names; what a field counts is its writer's to say.",
    ...proxy,
    bytesOut: client('cs-bytes', 'configured'),
    bytesIn: client('sc-bytes', 'configured'),
    serverBytesOut: server('sr-bytes', 'configured'),
    serverBytesIn: server('rs-bytes', 'configured'),
    recordedTime: 'unknown',
  },
  'w3c-proxy': {
    note: "A proxy of another make (its columns have a server's side: `r-…`, `rs-…`), such as ISA Server and TMG.",
    ...proxy,
    bytesOut: client('cs-bytes', 'configured'),
    bytesIn: client('sc-bytes', 'configured'),
    serverBytesOut: server('sr-bytes', 'configured'),
    serverBytesIn: server('rs-bytes', 'configured'),
    recordedTime: 'unknown',
  },
  'windows-firewall': {
    ...wire,
    durationUnit: undefined,
    writtenAt: 'start of the transaction',
    note: 'A line for each connection that was allowed or dropped, when it began; it counts nothing.',
  },
  'zeek-conn': {
    note: "Payload by TCP's sequence numbers: with gaps (`missed_bytes`, `g` in `tcp_flag`) more than was seen.",
    ...wire,
    bytesOut: bytes('wire', 'payload')('orig_bytes'),
    bytesIn: bytes('wire', 'payload')('resp_bytes'),
  },
  'zeek-http': {
    note: "Bodies alone. The status is whoever answered on that wire: a proxy's, where `proxy_ip` is set.",
    ...wire,
    model: 'web',
    bytesOut: bytes('wire', 'bodies')('request_body_len'),
    bytesIn: bytes('wire', 'bodies')('response_body_len'),
    status: 'of-server',
    durationUnit: undefined,
  },
  'zeek-ssl': {
    ...wire,
    durationUnit: undefined,
    note: '`vendor_action` says whether the handshake was completed.',
  },
  'zeek-dns': { ...wire, model: 'resolution', note: '`duration` is the round trip of query and answer.' },
  'cisco-wsa': {
    ...proxy,
    bytesOut: client('cs-bytes', 'configured'),
    bytesIn: client('%s, sc-bytes'),
    note: "The request's size and the client's port are only in its W3C form, where they were configured. The tunnel's reply was not measured; Squid's has 39.",
  },
  'zscaler-web': {
    note: "Pairs, JSON and the quoted CSV of the NSS alike. 65: the service's own answer to CONNECT in published samples; behind it, the inner records tell.",
    ...proxy,
    bytesOut: client('reqsize'),
    bytesIn: client('respsize'),
    tunnelReplyBytes: 65,
    recordedTime: 'unknown',
    durationUnit: undefined,
    clientPort: 'never',
  },
  'zscaler-firewall': {
    note: '`aggregated_count` is set where a record sums up sessions. Whether whole packets are counted is not documented.',
    ...wire,
    bytesOut: bytes('client', 'packets')('outbytes', 'configured'),
    bytesIn: bytes('client', 'packets')('inbytes', 'configured'),
    recordedTime: 'unknown',
    clientPort: 'configured',
    mayAggregate: true,
  },
  'paloalto-traffic': {
    note: 'Counts whole packets, those before the application was known too. `log_subtype` start has no end yet.',
    ...wire,
    bytesOut: bytes('wire', 'packets')('bytes_sent'),
    bytesIn: bytes('wire', 'packets')('bytes_received'),
    mayAggregate: true,
    writtenAt: 'either, a field says which',
  },
  'paloalto-url': {
    note: "A request that was seen, with what the category's policy did; the TRAFFIC log has the bytes.",
    ...wire,
    model: 'web',
    durationUnit: undefined,
    mayAggregate: true,
    writtenAt: 'start of the transaction',
  },
  'fortinet-traffic': {
    note: 'IP level, from the source and to it; an interim record (`log_subtype`) has running totals: the largest counts.',
    ...wire,
    bytesOut: bytes('wire', 'packets')('sentbyte'),
    bytesIn: bytes('wire', 'packets')('rcvdbyte'),
    recordedTime: 'end',
    writtenAt: 'either, a field says which',
  },
  'fortinet-webfilter': {
    ...wire,
    model: 'web',
    bytesOut: bytes('wire', 'packets')('sentbyte'),
    bytesIn: bytes('wire', 'packets')('rcvdbyte'),
    durationUnit: undefined,
    writtenAt: 'start of the transaction',
  },
  'mcafee-wg': {
    note: 'The four counts of `bytes`; their order is a reading that fits samples. Its own access log has only `bytes_to_client`.',
    ...proxy,
    bytesOut: client('bytes, 1st', 'configured'),
    bytesIn: client('bytes, 4th', 'configured'),
    serverBytesOut: server('bytes, 2nd', 'configured'),
    serverBytesIn: server('bytes, 3rd', 'configured'),
    durationUnit: undefined,
    clientPort: 'never',
  },
  forcepoint: {
    ...proxy,
    bytesOut: client('bytes_out'),
    bytesIn: client('bytes_in'),
    clientPort: 'always',
    note: "`status` is the proxy's answer, `server_status` the server's. LEEF has `srcBytes` and `dstBytes`; CEF `in` (sent by the client) and `out`, where its format has them, and no status.",
  },
  'access-log': {
    note: "Apache and nginx in their stock formats: bodies to the client, but with headers in Apache's `combinedio` and in Debian's formats (`%O`), which look the same; the status is the server's own where it is no proxy.",
    ...proxy,
    bytesOut: client('%I', 'configured'),
    bytesIn: bytes('client', 'bodies')('%b, $body_bytes_sent'),
    recordedTime: 'unknown',
    durationUnit: undefined,
    clientPort: 'never',
  },
  'windows-dns': {
    note: 'Written at once, a line for a packet: there is no end.',
    ...wire,
    model: 'resolution',
    durationUnit: undefined,
    clientPort: 'never',
    writtenAt: 'start of the transaction',
  },
};
