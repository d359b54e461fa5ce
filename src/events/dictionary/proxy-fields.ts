import type { FieldDefinition } from '../field-dictionary.ts';

/** Proxies, firewalls and network monitors; `src/products/proxy/proxy-fields.ts` says what each product means by them. */
export const proxyFields: readonly FieldDefinition[] = [
  {
    name: 'url',
    description:
      'CIM: what was asked for, as logged: a URL, or `host:port` of a CONNECT. Squid cuts it at `?` unless it was told not to.',
  },
  { name: 'url_domain', description: 'CIM: host of `url`, lower case.' },
  { name: 'uri_path', description: 'CIM: path of `url`.' },
  { name: 'uri_query', description: 'CIM: query of `url`.' },
  { name: 'http_method', description: 'CIM: GET, POST, CONNECT ….' },
  {
    name: 'status',
    description: 'CIM: status of the answer. Of a proxy it may be its own answer: see `server_status`.',
  },
  {
    name: 'server_status',
    description:
      'Status that the destination, or the next proxy, answered; 0: none came; absent: the record does not say.',
  },
  {
    name: 'vendor_action',
    description:
      "The product's own word for what it did: Squid's tag, s-action, conn_state, session end reason.",
  },
  {
    name: 'hierarchy',
    description: 'Squid: how the next hop was chosen (HIER_DIRECT, HIER_NONE, FIRSTUP_PARENT …).',
  },
  { name: 'next_hop', description: 'Address, or name, that a proxy connected to for the request.' },
  { name: 'next_hop_port', description: 'Port that a proxy connected to.' },
  {
    name: 'next_hop_is_peer',
    description: '`true` where `next_hop` is another proxy, and not the destination.',
  },
  {
    name: 'bytes_out',
    description:
      'CIM: bytes from the client towards the destination. Most proxies count them on the side of the client: that they left the proxy is not proven.',
  },
  { name: 'bytes_in', description: 'CIM: bytes back to the client. Of a proxy they may be its own page.' },
  { name: 'bytes', description: 'CIM: `bytes_out` and `bytes_in`, where both were counted.' },
  { name: 'server_bytes_out', description: 'Bytes that a proxy sent to the next hop.' },
  { name: 'server_bytes_in', description: 'Bytes that a proxy got from the next hop.' },
  { name: 'request_header_bytes', description: 'Part of `bytes_out` that is header.' },
  { name: 'response_header_bytes', description: 'Part of `bytes_in` that is header.' },
  {
    name: 'duration',
    description: 'CIM: how long it took: milliseconds in web records, seconds in those of traffic and names.',
  },
  { name: 'end_time', description: 'When it ended, UTC, where that is known; `_time` is then the start.' },
  {
    name: 'response_time',
    description: 'CIM: milliseconds from the request to the last byte of the answer of the next hop.',
  },
  { name: 'http_user_agent', description: 'CIM: user agent, as the client claimed.' },
  { name: 'http_referrer', description: 'CIM: referring page, as the client claimed.' },
  { name: 'http_content_type', description: 'CIM: media type of the answer.' },
  { name: 'category', description: 'CIM: category of the destination.' },
  {
    name: 'cached',
    description: 'CIM: `true` where the answer came from a cache, and the destination was not asked.',
  },
  {
    name: 'error_code',
    description:
      "Why the device itself answered, or why the connection ended: Squid's ERR_ code, x-exception-id, session end reason, Cisco WSA's decision tag, the number of McAfee's block.",
  },
  { name: 'error_detail', description: 'Detail of `error_code` (Squid: errno=111).' },
  { name: 'ssl_server_name', description: "Name in the client's TLS greeting (SNI)." },
  { name: 'ssl_subject', description: "Subject of the server's certificate." },
  {
    name: 'ssl_bump_mode',
    description: 'Squid: what was done with TLS: splice, bump, peek, stare, terminate.',
  },
  { name: 'src_mac', description: "CIM: the client's hardware address." },
  { name: 'src_translated_ip', description: 'CIM: address that the device went out from.' },
  { name: 'src_translated_port', description: 'CIM: port that the device went out from.' },
  { name: 'proxy_ip', description: 'Address of the proxy that the client connected to.' },
  { name: 'proxy_port', description: 'Port of the proxy that the client connected to.' },
  { name: 'transaction_id', description: 'CIM: number of the transaction, as the product counts.' },
  { name: 'connection_id', description: "Number of the client's connection, as the product counts." },
  { name: 'request_headers', description: 'Squid with log_mime_hdrs: headers of the request, escaped.' },
  { name: 'response_headers', description: 'Squid with log_mime_hdrs: headers of the answer, escaped.' },
  { name: 'ssl_issuer', description: "Issuer of the server's certificate." },
  { name: 'ssl_version', description: 'Version of TLS.' },
  { name: 'ssl_serial', description: 'CIM: serial number of the certificate.' },
  {
    name: 'filter_result',
    description:
      'ProxySG: sc-filter-result. DENIED says that an exception was raised, by policy or by an error: see `error_code`.',
  },
  { name: 'packets_out', description: 'CIM: packets from the client.' },
  { name: 'packets_in', description: 'CIM: packets to the client.' },
  {
    name: 'tcp_flag',
    description:
      'CIM: TCP flags; Zeek: the history of the connection, a letter for each kind of packet, in upper case for the client.',
  },
  { name: 'dest_mac', description: "CIM: the destination's hardware address." },
  { name: 'record_type', description: 'CIM: type of the record that was asked for.' },
  { name: 'reply_code', description: 'CIM: status of the answer, by name (NOERROR, NXDOMAIN).' },
  { name: 'file_size', description: 'CIM: bytes of the file.' },
  {
    name: 'aggregated_count',
    description: 'How many connections the record sums up, or `unknown`; absent: one.',
  },
  { name: 'rule', description: 'CIM: rule or policy that applied.' },
  { name: 'disposition', description: 'Forcepoint: number of what was decided.' },
  { name: 'threat', description: 'Name of the threat, as the device gives it.' },
  { name: 'log_subtype', description: 'PAN-OS: start, end, drop, deny; url, vulnerability ….' },
  { name: 'dest_translated_ip', description: 'CIM: address that the device sent it on to.' },
  { name: 'dest_translated_port', description: 'CIM: port that the device sent it on to.' },
  { name: 'message_type', description: 'CIM: Query or Response.' },
  {
    name: 'dhcp_action',
    description:
      'What a DHCP server did with the address `dest_ip` for the client `dest_mac`, `dest_host`: leased, renewed, released, expired, deleted, in-use, denied, asked.',
  },
  {
    name: 'vpn_action',
    description:
      'What a VPN gateway or RADIUS server says of the address `dest_ip` of the user `user`, who came from `src_ip`: assigned (from then on, or still), released.',
  },
  {
    name: 'calling_station',
    description: 'RADIUS: where the client called from, an address or a hardware address.',
  },
  { name: 'asset_kind', description: 'List of assets: `asset` (always), `assignment` (from when to when).' },
  { name: 'lease_from', description: 'List of assets: since when the host has the address; absent: open.' },
  { name: 'lease_to', description: 'List of assets: until when; absent: open.' },
  { name: 'user_group', description: 'CIM: group of the user.' },
];
