import { onFirstDay } from './case-time.ts';
import { IMAGES } from './image-catalogue.ts';
import { encodedCommand, type ProxyOutcome, type Story, type StoryStep } from './story.ts';

const user = 'harukam';
const home = `C:\\Users\\${user}`;
const document = `${home}\\Downloads\\Invoice 2024-0514.doc`;
const dropped = `${home}\\Kd8fqw\\R43H.dll`;
const installed = `${home}\\AppData\\Local\\Qwtvbn\\hsuwke.dll`;

/** Where the infection calls home, and how the proxy takes it. */
const SERVERS = {
  first: { destination: '203.0.113.201', port: 7080 },
  second: { destination: '203.0.113.45', port: 8080 },
  third: { destination: '198.51.100.177', port: 443 },
} as const;

type Call = readonly [at: string, server: keyof typeof SERVERS, outcome: ProxyOutcome, bytes: number];

/** The first two calls fall into the time in which the sensor drops events; the sensor records none of the others. */
const CALLS: readonly Call[] = [
  ['10:28:02.310', 'first', 'blocked', 3_930],
  ['10:28:14.772', 'second', 'delivered', 871],
  ['10:43:31.118', 'second', 'delivered', 512],
  ['10:58:20.904', 'third', 'bytes-both-ways', 6_214],
  ['11:14:02.551', 'first', 'blocked', 3_930],
  ['11:29:46.090', 'second', 'delivered', 512],
  ['12:00:17.337', 'second', 'delivered', 60_418],
  ['12:31:05.802', 'third', 'bytes-both-ways', 5_905],
  ['13:02:44.461', 'second', 'upstream-failed', 4_102],
  ['13:33:12.019', 'second', 'delivered', 512],
  ['14:04:51.688', 'first', 'blocked', 3_930],
  ['14:35:30.245', 'second', 'delivered', 512],
  ['15:21:09.973', 'third', 'bytes-both-ways', 11_340],
  ['16:07:58.126', 'second', 'delivered', 512],
  ['16:54:26.514', 'second', 'delivered', 512],
  ['17:40:03.890', 'first', 'blocked', 3_930],
];

const calls: readonly StoryStep[] = CALLS.map(([at, server, outcome, bytes], index) => {
  const { destination, port } = SERVERS[server];
  const connect = port !== 8080;
  return {
    at,
    kind: 'request',
    process: 'regsvr32',
    sensor: index < 2 ? 'dropped' : 'not-recorded',
    c2: true,
    request: {
      method: connect ? 'CONNECT' : 'POST',
      url: connect ? `${destination}:${port}` : `http://${destination}:${port}/ringin/xian/`,
      destination,
      port,
      outcome,
      bytes,
      elapsedMs: outcome === 'blocked' ? 1 : outcome === 'bytes-both-ways' ? 30_412 : 420 + index * 17,
    },
    ...(index === 1 ? { moment: 'the first call home that is answered' } : {}),
  };
});

/**
 * harukam opens an invoice from the web; its macro starts a PowerShell, which drops a DLL; its loader installs a copy
 * and a configuration, and the copy calls home all day. Word has the process id that the browser had before.
 */
export const INFECTION: Story = {
  name: 'infection',
  host: 'WS-SAL-02',
  user,
  existing: [],
  powered: { from: onFirstDay('08:31:12.000'), to: onFirstDay('17:58:00.000') },
  faults: {
    late: {
      from: onFirstDay('10:26:30.000'),
      to: onFirstDay('10:29:30.000'),
      arrival: onFirstDay('10:59:00.000'),
    },
    drops: {
      from: onFirstDay('10:27:05.000'),
      to: onFirstDay('10:30:00.000'),
      kinds: { 3: 'NetworkConnect', 7: 'ImageLoad', 12: 'RegistryEvent', 13: 'RegistryEvent' },
    },
    gap: { from: onFirstDay('10:34:00.000'), to: onFirstDay('10:34:45.000') },
  },
  steps: [
    {
      at: '09:12:20.118',
      kind: 'start',
      name: 'browser',
      parent: 'explorer',
      pid: 7344,
      image: 'edge',
      commandLine: `"${IMAGES.edge.path}" --profile-directory=Default`,
    },
    {
      at: '09:12:21.640',
      kind: 'start',
      name: 'browser-tab',
      parent: 'browser',
      pid: 7812,
      image: 'edge',
      commandLine: `"${IMAGES.edge.path}" --type=renderer --lang=en-GB --renderer-client-id=6 /prefetch:1`,
    },
    {
      at: '09:57:44.207',
      kind: 'request',
      process: 'browser',
      sensor: 'recorded',
      request: {
        method: 'CONNECT',
        url: 'invoices.example.org:443',
        destination: '198.51.100.150',
        port: 443,
        outcome: 'bytes-both-ways',
        bytes: 188_204,
        elapsedMs: 4_180,
      },
    },
    {
      at: '09:57:46.318',
      kind: 'file',
      process: 'browser',
      path: document,
      moment: 'the invoice is downloaded',
    },
    {
      at: '09:57:46.335',
      kind: 'stream',
      process: 'browser',
      path: `${document}:Zone.Identifier`,
      contents: '[ZoneTransfer]  ZoneId=3  HostUrl=https://invoices.example.org/d/',
    },
    { at: '10:02:10.390', kind: 'exit', process: 'browser-tab' },
    {
      at: '10:02:10.615',
      kind: 'exit',
      process: 'browser',
      moment: 'the browser ends; its process id becomes free',
    },
    {
      at: '10:26:41.207',
      kind: 'start',
      name: 'word',
      parent: 'explorer',
      pid: 7344,
      image: 'word',
      commandLine: `"${IMAGES.word.path}" /n "${document}" /o ""`,
      moment: 'harukam opens the invoice; Word gets the process id of the browser',
    },
    {
      at: '10:26:43.018',
      kind: 'load',
      process: 'word',
      path: 'C:\\Program Files\\Common Files\\Microsoft Shared\\VBA\\VBA7.1\\VBE7.DLL',
      signed: true,
    },
    { at: '10:26:44.551', kind: 'file', process: 'word', path: `${home}\\Downloads\\~$voice 2024-0514.doc` },
    {
      at: '10:26:58.533',
      kind: 'start',
      name: 'powershell',
      parent: 'word',
      pid: 8820,
      image: 'powershell',
      commandLine: `powershell -w hidden -nop -enc ${encodedCommand('Write-Output "Keizu demonstration, second host"')}`,
      ruleName: 'technique_id=T1059.001,technique_name=PowerShell',
      moment: 'the macro starts PowerShell',
    },
    {
      at: '10:26:58.560',
      kind: 'start',
      name: 'conhost',
      parent: 'powershell',
      pid: 8828,
      image: 'conhost',
      commandLine: '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1',
      directory: 'C:\\Windows',
    },
    {
      at: '10:27:00.214',
      kind: 'request',
      process: 'powershell',
      sensor: 'recorded',
      request: {
        method: 'GET',
        url: 'http://static-files.example.org/wp/a/R43H',
        destination: '198.51.100.151',
        port: 80,
        outcome: 'delivered',
        bytes: 442_912,
        elapsedMs: 2_205,
        mime: 'application/octet-stream',
      },
    },
    {
      at: '10:27:03.402',
      kind: 'file',
      process: 'powershell',
      path: dropped,
      ruleName: 'technique_id=T1105,technique_name=Ingress Tool Transfer',
      moment: 'PowerShell drops a DLL',
    },
    {
      at: '10:27:09.871',
      kind: 'start',
      name: 'rundll32',
      parent: 'powershell',
      pid: 9404,
      image: 'rundll32',
      commandLine: `"C:\\Windows\\system32\\rundll32.exe" ${dropped},Control_RunDLL`,
    },
    { at: '10:27:10.204', kind: 'load', process: 'rundll32', path: dropped, signed: false },
    {
      at: '10:27:14.020',
      kind: 'file',
      process: 'rundll32',
      path: installed,
      moment: 'the loader writes its copy and its configuration',
    },
    { at: '10:27:14.388', kind: 'file', process: 'rundll32', path: installed.replace('.dll', '.cfg') },
    { at: '10:27:15.107', kind: 'delete', process: 'rundll32', path: dropped },
    {
      at: '10:27:16.742',
      kind: 'start',
      name: 'regsvr32',
      parent: 'rundll32',
      pid: 5128,
      image: 'regsvr32',
      commandLine: `C:\\Windows\\system32\\regsvr32.exe /s "${installed}"`,
      moment: 'the copy is started',
    },
    { at: '10:27:17.015', kind: 'load', process: 'regsvr32', path: installed, signed: false },
    {
      at: '10:27:17.530',
      kind: 'registry',
      process: 'regsvr32',
      value:
        'HKU\\S-1-5-21-1910447219-306112077-2871935406-1102\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\hsuwke.dll',
      details: `C:\\Windows\\system32\\regsvr32.exe /s "${installed}"`,
    },
    { at: '10:27:19.266', kind: 'exit', process: 'rundll32' },
    { at: '10:27:20.480', kind: 'exit', process: 'powershell' },
    { at: '10:27:20.493', kind: 'exit', process: 'conhost' },
    {
      at: '10:34:05.214',
      kind: 'start',
      name: 'systeminfo',
      parent: 'regsvr32',
      pid: 10472,
      image: 'systeminfo',
      commandLine: 'systeminfo',
      moment: 'the copy looks around, while records of Sysmon are lost',
    },
    { at: '10:34:12.730', kind: 'exit', process: 'systeminfo' },
    {
      at: '10:34:21.744',
      kind: 'start',
      name: 'ipconfig',
      parent: 'regsvr32',
      pid: 10540,
      image: 'ipconfig',
      commandLine: 'ipconfig /all',
    },
    { at: '10:34:22.019', kind: 'exit', process: 'ipconfig' },
    { at: '10:39:40.882', kind: 'exit', process: 'word' },
    { at: '11:05:12.340', kind: 'access', process: 'regsvr32', target: 'explorer', access: '0x1fffff' },
    {
      at: '11:05:12.377',
      kind: 'thread',
      process: 'regsvr32',
      target: 'explorer',
      moment: 'the copy starts a thread in explorer',
    },
    ...calls,
  ],
};
