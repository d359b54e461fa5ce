import type { ProxyFacts, ProxyProduct } from './proxy-facts.ts';

/** The fields of a record by their names in the Information Model; undefined where it does not have one. */
export interface RecordFields {
  text(name: FactField): string | undefined;
  count(name: FactField): number | undefined;
}

/** Fields that tell of the outcome of a connection. */
export const factFields = [
  'http_method',
  'dest_port',
  'status',
  'server_status',
  'vendor_action',
  'hierarchy',
  'action',
  'filter_result',
  'error_code',
  'bytes_out',
  'bytes_in',
  'request_header_bytes',
  'response_header_bytes',
  'server_bytes_out',
  'server_bytes_in',
  'packets_out',
  'packets_in',
  'response_time',
  'transport',
  'tcp_flag',
  'ssl_version',
  'app',
  'reply_code',
  'aggregated_count',
  'log_subtype',
] as const;
export type FactField = (typeof factFields)[number];

/** Bytes were counted between client and proxy; the next hop's have fields of their own. */
function byClient({ count }: RecordFields): Partial<ProxyFacts> {
  return {
    fromClient: count('bytes_out'),
    fromClientHeaders: count('request_header_bytes'),
    toClient: count('bytes_in'),
    toClientHeaders: count('response_header_bytes'),
    toServer: count('server_bytes_out'),
    fromServer: count('server_bytes_in'),
  };
}

/** Bytes were counted on the wire, or by a firewall between the two ends. */
function onWire({ count }: RecordFields): Partial<ProxyFacts> {
  return { toServer: count('bytes_out'), fromServer: count('bytes_in') };
}

/** How many sessions a record sums up; two where it says that they are several and not how many. */
function sessions({ text, count }: RecordFields): number | undefined {
  return text('aggregated_count') === undefined ? undefined : (count('aggregated_count') ?? 2);
}

const proxied = (fields: RecordFields): Partial<ProxyFacts> => ({
  ...byClient(fields),
  tag: fields.text('vendor_action'),
  action: fields.text('action'),
});

/** The device's own word for its decision is what counts. */
const decided = (fields: RecordFields): Partial<ProxyFacts> => ({
  ...byClient(fields),
  action: fields.text('vendor_action') ?? fields.text('action'),
});

const firewall = (fields: RecordFields): Partial<ProxyFacts> => ({
  ...onWire(fields),
  action: fields.text('vendor_action') ?? fields.text('action'),
  sessions: sessions(fields),
});

const named = ({ text }: RecordFields): Partial<ProxyFacts> => ({ tag: text('reply_code') });

/** What differs between products: where they keep what their judges ask for. */
const own: Readonly<Record<ProxyProduct, (fields: RecordFields) => Partial<ProxyFacts>>> = {
  squid: proxied,
  bluecoat: (fields) => ({ ...proxied(fields), action: fields.text('filter_result') }),
  'zscaler-web': decided,
  'zscaler-firewall': firewall,
  'cisco-wsa': proxied,
  'mcafee-wg': proxied,
  forcepoint: decided,
  'paloalto-traffic': firewall,
  'paloalto-url': firewall,
  'fortinet-traffic': firewall,
  'fortinet-webfilter': firewall,
  'zeek-conn': (fields) => ({
    ...onWire(fields),
    tag: fields.text('vendor_action'),
    history: fields.text('tcp_flag'),
  }),
  'zeek-http': () => ({}),
  'zeek-ssl': ({ text }) => {
    const state = text('vendor_action');
    return { established: state === undefined ? undefined : state === 'established' };
  },
  'zeek-dns': named,
  nginx: proxied,
  apache: proxied,
  'access-log': proxied,
  'w3c-proxy': proxied,
  'windows-dns': named,
};

/** What a record says of the outcome, as the judge of its product takes it. */
export function factsOfRecord(product: ProxyProduct, fields: RecordFields): ProxyFacts {
  const { text, count } = fields;
  return {
    method: text('http_method'),
    destinationPort: count('dest_port'),
    status: count('status'),
    serverStatus: count('server_status'),
    hierarchy: text('hierarchy'),
    reason: text('error_code'),
    packetsOut: count('packets_out'),
    packetsBack: count('packets_in'),
    requestWritten: text('response_time') === undefined ? undefined : true,
    subtype: text('log_subtype'),
    app: text('app'),
    protocol: text('app'),
    transport: text('transport'),
    version: text('ssl_version'),
    ...own[product](fields),
  };
}
