/** Milliseconds since 1970, with what is finer as a fraction: exact to a microsecond, and quick to compare. */
export type Milliseconds = number;

/** A process that may have made connections. */
export interface EgressProcess {
  /** The process's id in its lineage. */
  readonly id: string;
  readonly host: string;
  readonly pid: number | undefined;
  readonly guid: string | undefined;
  readonly image: string | undefined;
  readonly user: string | undefined;
  /** Undefined: not seen to start, or to end. */
  readonly start: Milliseconds | undefined;
  readonly end: Milliseconds | undefined;
}

/** A connection as a proxy recorded it. */
export interface Connection {
  /** Which log it stands in: clocks and listening addresses are learned of each. */
  readonly proxy: string;
  /** When the request was there, and when its record was written. */
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  /** The client's address, as `hostAddress` writes it. */
  readonly client: string;
  readonly clientPort: number | undefined;
  /** What was asked for, as `plainHost` writes it. */
  readonly destination: string | undefined;
  readonly destinationPort: number | undefined;
  readonly serverAddress: string | undefined;
  readonly url: string | undefined;
  readonly user: string | undefined;
  readonly userAgent: string | undefined;
}

/** A connection as a sensor on the host recorded it: opened by a process, outwards. */
export interface Contact {
  readonly host: string;
  /** Index of the process; -1 where it is not known. */
  readonly process: number;
  readonly time: Milliseconds;
  readonly source: string;
  readonly sourcePort: number;
  readonly address: string;
  readonly port: number;
}

export type NamedVia = 'dns' | 'dns-answer' | 'command-line' | 'script' | 'download';

/** A process named a destination. */
export interface Naming {
  readonly process: number;
  readonly time: Milliseconds;
  /** As `plainHost` writes it. */
  readonly name: string;
  readonly via: NamedVia;
  /** The whole web address, where it was named. */
  readonly url: string | undefined;
}

/** Hosts that may have had an address at a moment, and whether it is sure that the first is the one. */
export interface HostsOfClient {
  readonly sure: boolean;
  readonly hosts: readonly string[];
}

export interface JoinInput {
  readonly connections: readonly Connection[];
  readonly processes: readonly EgressProcess[];
  readonly contacts: readonly Contact[];
  readonly namings: readonly Naming[];
  readonly hostsOf: (client: string, time: Milliseconds) => HostsOfClient;
  /** The user who had a client's address, where a lease tells; for lines that name none. */
  readonly userOf?: (client: string, time: Milliseconds) => string | undefined;
  /** Destinations that clients whose connections are not given ask for, too. */
  readonly shared?: ReadonlySet<string>;
}
