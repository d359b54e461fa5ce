import type { CaseProcess } from './case-process.ts';
import { MINUTE, SECOND } from './case-time.ts';
import { DNS_DOMAIN, UPDATE_SITE } from './company.ts';
import type { HostSimulation } from './host-simulation.ts';
import { IMAGES, type ImageName } from './image-catalogue.ts';
import type { Activity } from './noise-user.ts';
import { loggedOff, loggedOn, privilegesAssigned } from './security-events.ts';
import {
  dnsQuery,
  fileCreate,
  fileDelete,
  imageLoad,
  networkConnect,
  pipe,
  processAccess,
  registrySet,
  remoteThread,
} from './sysmon-events.ts';
import { connectToProxy, tunnel } from './web-visit.ts';

interface Task {
  readonly parent: string;
  readonly image: ImageName;
  readonly commandLine: string;
  /** Mean life in seconds. */
  readonly seconds: number;
  /** Runs in the user's session. */
  readonly asUser?: true;
}

const system32 = 'C:\\Windows\\System32\\';

const TASKS: readonly (readonly [weight: number, task: Task])[] = [
  [
    10,
    {
      parent: 'dcom',
      image: 'wmiPrvSe',
      commandLine: `${system32}wbem\\wmiprvse.exe -secured -Embedding`,
      seconds: 120,
    },
  ],
  [
    8,
    {
      parent: 'services',
      image: 'svchost',
      commandLine: `${system32}svchost.exe -k netsvcs -p -s gpsvc`,
      seconds: 200,
    },
  ],
  [
    6,
    {
      parent: 'services',
      image: 'svchost',
      commandLine: `${system32}svchost.exe -k wsappx -p -s ClipSVC`,
      seconds: 300,
    },
  ],
  [8, { parent: 'schedule', image: 'taskhostw', commandLine: 'taskhostw.exe', seconds: 90, asUser: true }],
  [
    3,
    {
      parent: 'schedule',
      image: 'compatTelRunner',
      commandLine: `${system32}CompatTelRunner.exe -m:appraiser.dll -f:DoScheduledTelemetryRun`,
      seconds: 60,
    },
  ],
  [
    2,
    { parent: 'schedule', image: 'usoclient', commandLine: `${system32}usoclient.exe StartScan`, seconds: 4 },
  ],
  [
    1,
    { parent: 'schedule', image: 'defrag', commandLine: `${system32}defrag.exe -c -h -o -$`, seconds: 240 },
  ],
  [
    3,
    {
      parent: 'msMpEng',
      image: 'mpCmdRun',
      commandLine: `"${IMAGES.mpCmdRun.path}" SpyNetServiceDss -RestrictPrivileges -AccessKey 00000000-0000-0000-0000-000000000000 -Reinvoke`,
      seconds: 15,
    },
  ],
  [
    10,
    {
      parent: 'searchIndexer',
      image: 'searchProtocolHost',
      commandLine: `"${system32}SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe_ Global\\UsGthrCtrlFltPipeMssGthrPipe 1 -2147483646`,
      seconds: 70,
    },
  ],
  [
    8,
    {
      parent: 'searchIndexer',
      image: 'searchFilterHost',
      commandLine: `"${system32}SearchFilterHost.exe" 0 812 816 824 8192 820 796`,
      seconds: 60,
    },
  ],
  [
    8,
    {
      parent: 'dcom',
      image: 'backgroundTaskHost',
      commandLine: `"${system32}backgroundTaskHost.exe" -ServerName:CortanaUI.AppX.mca`,
      seconds: 30,
      asUser: true,
    },
  ],
  [
    8,
    {
      parent: 'dcom',
      image: 'runtimeBroker',
      commandLine: `${system32}RuntimeBroker.exe -Embedding`,
      seconds: 240,
      asUser: true,
    },
  ],
  [
    6,
    {
      parent: 'dcom',
      image: 'dllhost',
      commandLine: `${system32}DllHost.exe /Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}`,
      seconds: 10,
      asUser: true,
    },
  ],
  [
    2,
    {
      parent: 'dcom',
      image: 'audiodg',
      commandLine: `${system32}AUDIODG.EXE 0x000000000000${'04F8'}`,
      seconds: 200,
    },
  ],
  [
    1,
    {
      parent: 'services',
      image: 'trustedInstaller',
      commandLine: IMAGES.trustedInstaller.path,
      seconds: 300,
    },
  ],
  [1, { parent: 'dcom', image: 'tiWorker', commandLine: `${IMAGES.tiWorker.path} -Embedding`, seconds: 280 }],
];

function startTask(host: HostSimulation, task: Task, pace: number): CaseProcess | undefined {
  const parent = host.role(task.parent);
  if (!parent) return undefined;
  const session = task.asUser ? host.role('explorer')?.session : undefined;
  const image = IMAGES[task.image];
  const process = host.start({
    image,
    commandLine: task.commandLine,
    parent,
    directory: system32,
    ...(session ? { session } : {}),
  });
  const life = host.random.exponential(task.seconds * SECOND * pace) + 0.2 * SECOND;
  host.during(process, life, () => host.exit(process));
  if ('console' in image) {
    const console = host.start({
      image: IMAGES.conhost,
      commandLine: '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1',
      parent: process,
      directory: 'C:\\Windows',
    });
    host.during(console, life + 1000, () => host.exit(console));
  }
  return process;
}

const runTask: Activity = (host, pace) => {
  const { random } = host;
  const process = startTask(host, random.pickWeighted(TASKS), pace);
  if (!process) return;
  const csrss = host.role('csrss');
  const antivirus = host.role('msMpEng');
  if (antivirus && random.chance(0.3))
    host.sysmon(processAccess(antivirus, process, host.now, random.whole(500, 2000) * 4, '0x101000'));
  if (csrss && random.chance(0.01))
    host.sysmon(remoteThread(csrss, process, host.now, random.whole(500, 2000) * 4));
  if (random.chance(0.25))
    host.sysmon(
      imageLoad(
        process,
        host.now,
        `${system32}${random.pick(['taskschd.dll', 'wbemcomn.dll', 'samlib.dll'])}`,
      ),
    );
};

const serviceRegistry: Activity = (host) => {
  const process = host.role(host.random.pick(['schedule', 'bits', 'dcom', 'services', 'wuauserv']));
  if (!process) return;
  const [key, details] = host.random.pick([
    [
      'HKLM\\System\\CurrentControlSet\\Services\\bam\\State\\UserSettings\\S-1-5-18\\SequenceNumber',
      'DWORD (0x00000092)',
    ],
    [
      'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tasks\\{7A1B}\\DynamicInfo',
      'Binary Data',
    ],
    ['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\BITS\\StateIndex', 'DWORD (0x00000001)'],
    [
      'HKLM\\System\\CurrentControlSet\\Services\\W32Time\\Config\\Status\\LastGoodSampleInfo',
      'QWORD (0x01daa5e0-0x6d9c1f00)',
    ],
  ] as const);
  host.sysmon(registrySet(process, host.now, key, details));
};

const lsassAccess: Activity = (host) => {
  const lsass = host.role('lsass');
  const source = host.role(host.random.pick(['msMpEng', 'dcom', 'csrss', 'schedule']));
  if (lsass && source) host.sysmon(processAccess(source, lsass, host.now, host.random.whole(200, 2000) * 4));
};

const nameLookup: Activity = (host) => {
  const process = host.role('dnscache');
  if (!process) return;
  const found = host.random.chance(0.9);
  const name = found
    ? `${host.random.pick(['dc01', 'wpad', 'time', 'wsus'])}.${DNS_DOMAIN}`
    : `isatap.${DNS_DOMAIN}`;
  host.sysmon(dnsQuery(process, host.now, name, found ? [`10.20.250.${host.random.whole(1, 9)}`] : []));
};

const update: Activity = (host, pace) => {
  const process = host.role(host.random.pick(['bits', 'wuauserv']));
  if (!process) return;
  connectToProxy(host, process);
  tunnel(host, UPDATE_SITE, pace);
  const path = `C:\\Windows\\SoftwareDistribution\\Download\\${host.random.hex(32)}`;
  host.sysmon(fileCreate(process, host.now, path));
  host.during(process, 2 * MINUTE * pace, () => host.sysmon(fileDelete(process, host.now, path)));
};

const servicePipe: Activity = (host) => {
  const process = host.role(host.random.pick(['spoolsv', 'lsass', 'searchIndexer']));
  if (process)
    host.sysmon(
      pipe(process, host.now, 18, host.random.pick(['\\lsass', '\\wkssvc', '\\srvsvc', '\\spoolss'])),
    );
};

const serviceLogon: Activity = (host) => {
  host.security(loggedOn(host.systemLogon, 5, host.role('services'), '-', host.systemLogon));
  host.security(privilegesAssigned(host.systemLogon));
};

/** Someone of the company opens a share of this host. */
const networkLogon: Activity = (host, pace) => {
  const { random } = host;
  const number = random.whole(1, 9);
  const session = host.logon(
    { name: `colleague${number}`, sid: `S-1-5-21-1910447219-306112077-2871935406-${2000 + number}` },
    0,
    'Medium',
  );
  host.security(loggedOn(session, 3, undefined, `10.20.0.${random.whole(20, 200)}`, host.systemLogon));
  host.after(random.exponential(3 * MINUTE * pace), () => {
    if (host.role('services')) host.security(loggedOff(session, 3));
  });
};

const backup: Activity = (host, pace) => {
  const schedule = host.role('schedule');
  if (!schedule) return;
  const session = host.logon(host.host.user, 0, 'High');
  host.security(loggedOn(session, 5, schedule, '-', host.systemLogon));
  const shell = host.start({
    image: IMAGES.cmd,
    commandLine: 'C:\\Windows\\system32\\cmd.exe /c "D:\\jobs\\nightly.cmd" >> D:\\jobs\\nightly.log 2>&1',
    parent: schedule,
    session,
    directory: 'D:\\jobs\\',
  });
  const copy = host.start({
    image: IMAGES.robocopy,
    commandLine: 'robocopy D:\\shares \\\\nas01.kitano.example\\backup /MIR /R:1 /W:1',
    parent: shell,
    directory: 'D:\\jobs\\',
  });
  const to = { address: '10.20.250.30', port: 445, name: `nas01.${DNS_DOMAIN}` };
  host.sysmon(networkConnect(copy, host.now, host.host, host.random.whole(49_152, 65_535), to));
  const life = host.random.exponential(5 * MINUTE * pace) + SECOND;
  host.during(copy, life, () => host.exit(copy, 1));
  host.during(shell, life + 0.1 * SECOND, () => {
    host.exit(shell, 1);
    host.security(loggedOff(session, 5));
  });
};

export const SYSTEM_ACTIVITIES: readonly (readonly [weight: number, activity: Activity])[] = [
  [30, runTask],
  [12, serviceRegistry],
  [6, lsassAccess],
  [8, nameLookup],
  [3, update],
  [3, servicePipe],
  [4, serviceLogon],
  [2, networkLogon],
];

export const SERVER_ACTIVITIES: readonly (readonly [weight: number, activity: Activity])[] = [
  ...SYSTEM_ACTIVITIES,
  [30, networkLogon],
  [3, backup],
];
