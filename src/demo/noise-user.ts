import type { CaseProcess } from './case-process.ts';
import { MINUTE, SECOND } from './case-time.ts';
import { DENIED_SITES, DNS_DOMAIN, MAIL_SITE, SITES } from './company.ts';
import type { HostSimulation } from './host-simulation.ts';
import { IMAGES, type ImageName } from './image-catalogue.ts';
import {
  dnsQuery,
  fileCreate,
  fileDelete,
  fileTimeChange,
  imageLoad,
  pipe,
  registryKey,
  registrySet,
  streamHash,
} from './sysmon-events.ts';
import { connectToProxy, deniedTunnel, tunnel } from './web-visit.ts';

/** Something that a host does of its own accord. `pace` shortens lifetimes where very many events are asked for. */
export type Activity = (host: HostSimulation, pace: number) => void;

/** Starts a program of the user's and ends it after about `minutes`. */
function runProgram(
  host: HostSimulation,
  parent: CaseProcess,
  image: ImageName,
  commandLine: string,
  minutes: number,
): CaseProcess {
  const program = IMAGES[image];
  const process = host.start({ image: program, commandLine, parent });
  const end = host.random.exponential(minutes * MINUTE) + 0.3 * SECOND;
  host.during(process, end, () => host.exit(process));
  if ('console' in program) {
    const console = host.start({
      image: IMAGES.conhost,
      commandLine: '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1',
      parent: process,
    });
    host.during(console, end + 1000, () => host.exit(console));
  }
  return process;
}

const quoted = (image: ImageName): string => `"${IMAGES[image].path}"`;

function browser(host: HostSimulation, pace: number): CaseProcess | undefined {
  const running = host.role('browser');
  if (running) return running;
  const explorer = host.role('explorer');
  if (!explorer) return undefined;
  const main = runProgram(
    host,
    explorer,
    'chrome',
    `${quoted('chrome')} --profile-directory=Default`,
    120 * pace,
  );
  host.roles.set('browser', main);
  host.sysmon(pipe(main, host.now, 17, `\\chrome.${main.pid}.0.${host.random.whole(1e8, 9e8)}`));
  return main;
}

const browse: Activity = (host, pace) => {
  const main = browser(host, pace);
  if (!main) return;
  const { random } = host;
  const renderer = runProgram(
    host,
    main,
    'chrome',
    `${quoted('chrome')} --type=renderer --lang=en-GB --renderer-client-id=${random.whole(4, 900)} --launch-time-ticks=${random.whole(1e8, 9e9)} --mojo-platform-channel-handle=${random.whole(2000, 9000)} /prefetch:1`,
    12 * pace,
  );
  for (let page = random.whole(1, 4); page > 0; page--) {
    const wait = random.exponential(20 * SECOND * pace);
    host.during(main, wait, () => {
      connectToProxy(host, main);
      if (random.chance(0.04)) deniedTunnel(host, random.pick(DENIED_SITES));
      else tunnel(host, random.pick(SITES), pace);
    });
  }
  const cache = `C:\\Users\\${main.session.user}\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\`;
  host.during(renderer, random.exponential(9 * SECOND * pace), () => {
    const path = `${cache}Cache\\Cache_Data\\f_${random.hex(6)}`;
    host.sysmon(fileCreate(main, host.now, path));
    if (random.chance(0.4))
      host.during(main, 30 * SECOND * pace, () => host.sysmon(fileDelete(main, host.now, path)));
    if (random.chance(0.1))
      host.sysmon(
        fileTimeChange(main, host.now, `${cache}Preferences~RF${random.hex(6)}.TMP`, host.now - MINUTE),
      );
  });
};

const download: Activity = (host, pace) => {
  const main = browser(host, pace);
  if (!main) return;
  const site = host.random.pick(SITES);
  const name = host.random.pick(['report', 'price-list', 'agenda', 'handbook', '見積書', 'カタログ']);
  const path = `C:\\Users\\${main.session.user}\\Downloads\\${name}-${host.random.whole(1, 999)}.pdf`;
  connectToProxy(host, main);
  tunnel(host, site, pace);
  host.sysmon(fileCreate(main, host.now, `${path}.crdownload`));
  host.during(main, 3 * SECOND * pace, () => {
    host.sysmon(fileCreate(main, host.now, path));
    const contents = `[ZoneTransfer]  ZoneId=3  HostUrl=https://${site.name}/files/`;
    host.sysmon(streamHash(main, host.now, `${path}:Zone.Identifier`, contents));
  });
};

const office: Activity = (host, pace) => {
  const explorer = host.role('explorer');
  if (!explorer) return;
  const { random } = host;
  const user = explorer.session.user;
  const [image, kind, extension] = random.pick([
    ['word', 'Word', 'docx'],
    ['excel', 'Excel', 'xlsx'],
  ] as const);
  const name = random.pick(['Minutes', 'Budget', 'Offer', 'Plan', 'Notes', '議事録', '売上']);
  const folder = `C:\\Users\\${user}\\Documents\\`;
  const file = `${name} ${random.whole(1, 60)}.${extension}`;
  const process = runProgram(host, explorer, image, `${quoted(image)} /n "${folder}${file}"`, 18 * pace);
  host.during(process, 0.8 * SECOND, () => {
    if (random.chance(0.3)) host.sysmon(imageLoad(process, host.now, 'C:\\Windows\\System32\\propsys.dll'));
    host.sysmon(fileCreate(process, host.now, `${folder}~$${file.slice(2)}`));
    const key = `HKU\\${process.session.sid}\\Software\\Microsoft\\Office\\16.0\\${kind}\\File MRU\\Item 1`;
    host.sysmon(
      registrySet(process, host.now, key, `[F00000000][T01DAA5E0${random.hex(8)}]*${folder}${file}`),
    );
  });
  host.during(process, random.exponential(4 * MINUTE * pace), () => {
    host.sysmon(fileCreate(process, host.now, `${folder}${random.hex(8).toUpperCase()}.tmp`));
    host.sysmon(fileDelete(process, host.now, `${folder}~$${file.slice(2)}`));
  });
};

const mail: Activity = (host, pace) => {
  const explorer = host.role('explorer');
  const outlook =
    host.role('outlook') ??
    (explorer && runProgram(host, explorer, 'outlook', quoted('outlook'), 300 * pace));
  if (!outlook) return;
  host.roles.set('outlook', outlook);
  connectToProxy(host, outlook);
  tunnel(host, MAIL_SITE, pace);
  const folder = `C:\\Users\\${outlook.session.user}\\AppData\\Local\\Microsoft\\Outlook\\`;
  host.sysmon(fileCreate(outlook, host.now, `${folder}~${outlook.session.user}.ost.tmp`));
};

const smallProgram: Activity = (host, pace) => {
  const explorer = host.role('explorer');
  if (!explorer) return;
  const [image, argument] = host.random.pick([
    ['notepad', ` C:\\Users\\${explorer.session.user}\\Desktop\\todo.txt`],
    ['calculator', ''],
    ['edge', ' --no-startup-window --win-session-start'],
    ['cmd', ''],
  ] as const);
  const process = runProgram(host, explorer, image, `${quoted(image)}${argument}`, 5 * pace);
  if (image === 'cmd')
    host.during(process, 0.2 * SECOND, () => {
      const [tool, text] = host.random.pick([
        ['ipconfig', 'ipconfig'],
        ['gpupdate', 'gpupdate /target:user'],
        ['netstat', 'netstat -an'],
      ] as const);
      const child = host.start({ image: IMAGES[tool], commandLine: text, parent: process });
      host.during(child, 1.5 * SECOND, () => host.exit(child));
    });
};

const development: Activity = (host, pace) => {
  const explorer = host.role('explorer');
  if (!explorer) return;
  const shell = runProgram(
    host,
    explorer,
    'powershell',
    `${quoted('powershell')} -NoExit -WorkingDirectory C:\\src`,
    25 * pace,
  );
  for (let step = host.random.whole(1, 5); step > 0; step--)
    host.during(shell, host.random.exponential(2 * MINUTE * pace), () => {
      const [tool, text] = host.random.pick([
        ['git', 'git status --short'],
        ['git', 'git fetch --all --prune'],
        ['node', 'node build.mjs --watch=false'],
      ] as const);
      const child = host.start({
        image: IMAGES[tool],
        commandLine: text,
        parent: shell,
        directory: 'C:\\src\\',
      });
      host.during(child, host.random.exponential(4 * SECOND * pace) + 50_000, () => host.exit(child));
    });
};

const shellRegistry: Activity = (host) => {
  const explorer = host.role('explorer');
  if (!explorer) return;
  const { random } = host;
  const base = `HKU\\${explorer.session.sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\`;
  if (random.chance(0.2)) host.sysmon(registryKey(explorer, host.now, `${base}FileExts\\.${random.hex(3)}`));
  else
    host.sysmon(
      registrySet(
        explorer,
        host.now,
        `${base}RecentDocs\\MRUListEx`,
        random.chance(0.5) ? 'Binary Data' : '(Empty)',
      ),
    );
};

const intranet: Activity = (host, pace) => {
  const main = browser(host, pace);
  if (!main) return;
  const name = `${host.random.pick(['wiki', 'sso', 'hr', 'files'])}.${DNS_DOMAIN}`;
  host.sysmon(dnsQuery(main, host.now, name, [`10.20.250.${host.random.whole(10, 14)}`]));
};

export const USER_ACTIVITIES: readonly (readonly [weight: number, activity: Activity])[] = [
  [30, browse],
  [3, download],
  [8, office],
  [8, mail],
  [4, smallProgram],
  [10, shellRegistry],
  [8, intranet],
];

/** For the one host where software is written. */
export const DEVELOPER_ACTIVITIES: readonly (readonly [weight: number, activity: Activity])[] = [
  ...USER_ACTIVITIES,
  [12, development],
];
