/** Log sources whose records are judged. One product may write several kinds of record. */
export type ProxyProduct =
  | 'squid'
  | 'bluecoat'
  | 'zscaler-web'
  | 'zscaler-firewall'
  | 'cisco-wsa'
  | 'mcafee-wg'
  | 'forcepoint'
  | 'paloalto-traffic'
  | 'paloalto-url'
  | 'fortinet-traffic'
  | 'fortinet-webfilter'
  | 'zeek-conn'
  | 'zeek-http'
  | 'zeek-ssl'
  | 'zeek-dns'
  | 'nginx'
  | 'apache'
  | 'access-log'
  | 'w3c-proxy'
  | 'windows-dns';

/**
 * What a record says of the outcome of a connection, in the product's own words and with its numbers told apart by the side
 * on which they were counted. A member is absent where the record does not say; a number is 0 only where it says 0.
 */
export interface ProxyFacts {
  readonly method?: string | undefined;
  readonly destinationPort?: number | undefined;
  /** Status to the client; 0 for none. */
  readonly status?: number | undefined;
  /** Status from the next hop; 0 where the record says that none came. */
  readonly serverStatus?: number | undefined;
  /** Squid's tag, `s-action`, WSA's result code, Zeek's `conn_state`, a DNS reply code. */
  readonly tag?: string | undefined;
  /** Squid's hierarchy code. */
  readonly hierarchy?: string | undefined;
  /** `Allowed`, `Blocked`, `permitted`, `deny`, `sc-filter-result` …. */
  readonly action?: string | undefined;
  /** Squid's `err_code`, `x-exception-id`, WSA's decision tag, PAN's end reason, MWG's block id, Zeek's last alert. */
  readonly reason?: string | undefined;
  /** Bytes between the client and the device, headers included, and the headers among them. */
  readonly fromClient?: number | undefined;
  readonly fromClientHeaders?: number | undefined;
  readonly toClient?: number | undefined;
  readonly toClientHeaders?: number | undefined;
  /** Bytes between the device (or, seen on the wire, the client) and the server. */
  readonly toServer?: number | undefined;
  readonly fromServer?: number | undefined;
  readonly packetsOut?: number | undefined;
  readonly packetsBack?: number | undefined;
  /** The record says that a request was written to the next hop (Squid `%<pt`). */
  readonly requestWritten?: boolean | undefined;
  /** One record of several sessions. */
  readonly sessions?: number | undefined;
  /** PAN's and Forti's `subtype`. */
  readonly subtype?: string | undefined;
  readonly app?: string | undefined;
  /** `tcp`, `udp`. */
  readonly transport?: string | undefined;
  /** Zeek's `history`. */
  readonly history?: string | undefined;
  /** Zeek's ssl `established`. */
  readonly established?: boolean | undefined;
  /** Zeek's ssl `version` was seen, so that a ServerHello was. */
  readonly version?: string | undefined;
  readonly protocol?: string | undefined;
  /** The answer was handed on as a whole, where the record says it (nginx's `$request_completion`). */
  readonly completed?: boolean | undefined;
}
