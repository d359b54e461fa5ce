import type { Fields } from '../fields.ts';
import {
  put,
  putCount,
  putDestination,
  putDestinationAddress,
  putPort,
  putSource,
  putTotal,
  putUrl,
  putUser,
} from '../proxy/network-fields.ts';
import type { ZeekEntry } from './zeek-log.ts';

/** Adds a log's normalised fields. */
export type ZeekMapping = (fields: Fields, entry: ZeekEntry) => void;

/** The two sides of the connection: the one that opened it is the source. */
export function addSides(fields: Fields, { text }: ZeekEntry): void {
  putSource(fields, text('id.orig_h'), text('id.orig_p'));
  putDestination(fields, text('id.resp_h'), text('id.resp_p'));
  put(fields, 'connection_id', text('uid'));
  put(fields, 'transport', text('proto'));
}

/** conn.log: bytes are payload, by the sequence numbers; `history` has a direction's letter in upper case for the originator. */
export const addConnection: ZeekMapping = (fields, { text }) => {
  put(fields, 'app', text('service'));
  put(fields, 'duration', text('duration'));
  putCount(fields, 'bytes_out', text('orig_bytes'));
  putCount(fields, 'bytes_in', text('resp_bytes'));
  putCount(fields, 'packets_out', text('orig_pkts'));
  putCount(fields, 'packets_in', text('resp_pkts'));
  put(fields, 'vendor_action', text('conn_state'));
  put(fields, 'tcp_flag', text('history'));
  put(fields, 'src_mac', text('orig_l2_addr'));
  put(fields, 'dest_mac', text('resp_l2_addr'));
  putTotal(fields);
};

export const addNames: ZeekMapping = (fields, { text, texts }) => {
  put(fields, 'query', text('query'));
  put(fields, 'record_type', text('qtype_name'));
  put(fields, 'reply_code', text('rcode_name'));
  put(fields, 'reply_code_id', text('rcode'));
  put(fields, 'transaction_id', text('trans_id'));
  put(fields, 'duration', text('rtt'));
  const answers = texts('answers');
  if (answers.length > 0) fields.answer = answers.length === 1 ? (answers[0] as string) : answers;
};

/** http.log: bytes are bodies. Where the client spoke to a proxy, the responder is that proxy and not the destination. */
export const addRequest: ZeekMapping = (fields, { text }) => {
  const method = text('method');
  const uri = text('uri');
  put(fields, 'http_method', method);
  putCount(fields, 'status', text('status_code'));
  putCount(fields, 'bytes_out', text('request_body_len'));
  putCount(fields, 'bytes_in', text('response_body_len'));
  put(fields, 'http_user_agent', text('user_agent'));
  put(fields, 'http_referrer', text('referrer'));
  put(fields, 'http_content_type', text('resp_mime_types'));
  putUser(fields, text('username'));
  putTotal(fields);
  if (method === 'CONNECT' || /^[a-z][a-z0-9+.-]*:\/\//i.test(uri ?? '')) {
    for (const name of ['dest', 'dest_host', 'dest_ip', 'dest_port']) delete fields[name];
    put(fields, 'proxy_ip', text('id.resp_h'));
    putPort(fields, 'proxy_port', text('id.resp_p'));
    putUrl(fields, uri);
    return;
  }
  const host = text('host');
  if (host === undefined) {
    put(fields, 'uri_path', uri);
    return;
  }
  const port = text('id.resp_p');
  const isNamed = /:\d+$/.test(host) || port === '80' || port === undefined;
  putUrl(fields, `http://${host}${isNamed ? '' : `:${port}`}${uri ?? ''}`);
  putDestinationAddress(fields, text('id.resp_h'));
  putPort(fields, 'dest_port', port);
};

/** ssl.log: the server's name is what the client said; no bytes. */
export const addTls: ZeekMapping = (fields, { text }) => {
  put(fields, 'ssl_server_name', text('server_name'));
  put(fields, 'ssl_version', text('version'));
  put(fields, 'ssl_subject', text('subject'));
  put(fields, 'ssl_issuer', text('issuer'));
  put(fields, 'error_code', text('last_alert'));
  const established = text('established');
  if (established !== undefined)
    fields.vendor_action = established === 'true' ? 'established' : 'not established';
};

export const addFile: ZeekMapping = (fields, { text }) => {
  // Older logs name the hosts that sent and received it, and not the connection.
  if (fields.src === undefined) {
    putSource(fields, text('rx_hosts'));
    putDestination(fields, text('tx_hosts'));
    put(fields, 'connection_id', text('conn_uids'));
  }
  put(fields, 'file_name', text('filename'));
  put(fields, 'http_content_type', text('mime_type'));
  const hashes = (['md5', 'sha1', 'sha256'] as const).flatMap((kind) => {
    const hash = text(kind);
    return hash === undefined ? [] : [`${kind.toUpperCase()}=${hash}`];
  });
  put(fields, 'file_hash', hashes.join(','));
  putCount(fields, 'file_size', text('total_bytes') ?? text('seen_bytes'));
};

export const addCertificate: ZeekMapping = (fields, { text }) => {
  put(fields, 'ssl_subject', text('certificate.subject'));
  put(fields, 'ssl_issuer', text('certificate.issuer'));
  put(fields, 'ssl_serial', text('certificate.serial'));
};
