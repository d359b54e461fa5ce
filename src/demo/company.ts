import { Random } from './random.ts';

/** The domain of the made-up company, as NetBIOS name and as DNS name (RFC 2606). */
export const DOMAIN = 'KITANO';
export const DNS_DOMAIN = 'kitano.example';
const DOMAIN_SID = 'S-1-5-21-1910447219-306112077-2871935406';

/** The web proxy that everything outside is reached through (RFC 5737). */
export const PROXY = { address: '192.0.2.10', port: 3128, name: `proxy.${DNS_DOMAIN}` } as const;

export interface CaseUser {
  readonly name: string;
  readonly sid: string;
}

export interface CaseHost {
  /** `WS-ACC-01`. */
  readonly name: string;
  /** As the logs have it: `WS-ACC-01.kitano.example`. */
  readonly computer: string;
  readonly address: string;
  readonly role: 'workstation' | 'server';
  readonly user: CaseUser;
  /** Runs, with its user logged on, since before the logs begin. Others boot in the morning. */
  readonly alwaysOn: boolean;
  /** The last part of the machine's SID, with which Sysmon's GUIDs begin. */
  readonly machineId: number;
}

const named: readonly (readonly [host: string, role: CaseHost['role'], user: string, alwaysOn: boolean])[] = [
  ['WS-ACC-01', 'workstation', 'wallylambic', true],
  ['WS-SAL-02', 'workstation', 'harukam', false],
  ['WS-ENG-03', 'workstation', 'timvogel', false],
  ['SRV-FILE-01', 'server', 'svc_backup', true],
];

const firstNames = [
  'aiko',
  'ben',
  'carla',
  'daichi',
  'emma',
  'farid',
  'greta',
  'hugo',
  'ines',
  'jun',
  'kenta',
  'lea',
];

/** The host of a number, the first four by name; from there on every eighth is a server. */
export function caseHost(index: number): CaseHost {
  const number = index + 1;
  const server = number % 8 === 0;
  const [name, role, userName, alwaysOn] = named[index] ?? [
    `${server ? 'SRV-APP' : 'WS'}-${String(number).padStart(3, '0')}`,
    server ? ('server' as const) : ('workstation' as const),
    server ? `svc_app${number}` : `${firstNames[index % firstNames.length]}${number}`,
    server,
  ];
  return {
    name,
    computer: `${name}.${DNS_DOMAIN}`,
    address: `10.20.${Math.floor(number / 200)}.${20 + (number % 200)}`,
    role,
    user: { name: userName, sid: `${DOMAIN_SID}-${1100 + number}` },
    alwaysOn,
    machineId: new Random(`machine of ${name}`).bits(),
  };
}

/** A web site of the noise: name, address (RFC 5737) and whether the proxy lets it through. */
export interface Site {
  readonly name: string;
  readonly address: string;
}

export const SITES: readonly Site[] = [
  'www.example.com',
  'mail.example.com',
  'news.example.org',
  'cdn.example.net',
  'search.example.com',
  'maps.example.org',
  'static.example.net',
  'video.example.com',
  'shop.example.org',
  'docs.example.com',
  'weather.example.net',
  'telemetry.example.com',
].map((name, at) => ({ name, address: `198.51.100.${10 + at}` }));

/** What the company's proxy denies. */
export const DENIED_SITES: readonly Site[] = [
  { name: 'games.example.org', address: '198.51.100.90' },
  { name: 'ads.example.net', address: '198.51.100.91' },
];

export const UPDATE_SITE: Site = { name: 'updates.example.com', address: '198.51.100.60' };
export const MAIL_SITE: Site = { name: 'outlook.example.com', address: '198.51.100.61' };
