/** The version resource of a program, as Sysmon shows it. */
export interface ProgramImage {
  readonly path: string;
  readonly version: string;
  readonly description: string;
  readonly product: string;
  readonly company: string;
  readonly original: string;
  /** A console program started from a window brings its own console host. */
  readonly console?: true;
}

const system = 'C:\\Windows\\System32\\';
const office = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\';

function windows(file: string, description: string, original = file, folder = system): ProgramImage {
  return {
    path: folder + file,
    version: '10.0.19041.3636 (WinBuild.160101.0800)',
    description,
    product: 'Microsoft® Windows® Operating System',
    company: 'Microsoft Corporation',
    original,
  };
}

function terminal(file: string, description: string, original = file, folder = system): ProgramImage {
  return { ...windows(file, description, original, folder), console: true };
}

function officeProgram(file: string, description: string, original: string): ProgramImage {
  return {
    path: office + file,
    version: '16.0.17531.20140',
    description,
    product: 'Microsoft Office',
    company: 'Microsoft Corporation',
    original,
  };
}

/** The programs of the case. */
export const IMAGES = {
  system: { path: 'System', version: '-', description: '-', product: '-', company: '-', original: '-' },
  smss: windows('smss.exe', 'Windows Session Manager'),
  csrss: windows('csrss.exe', 'Client Server Runtime Process'),
  wininit: windows('wininit.exe', 'Windows Start-Up Application', 'WinInit.exe'),
  winlogon: windows('winlogon.exe', 'Windows Logon Application', 'WINLOGON.EXE'),
  services: windows('services.exe', 'Services and Controller app'),
  lsass: windows('lsass.exe', 'Local Security Authority Process'),
  svchost: windows('svchost.exe', 'Host Process for Windows Services'),
  spoolsv: windows('spoolsv.exe', 'Spooler SubSystem App'),
  dwm: windows('dwm.exe', 'Desktop Window Manager'),
  userinit: windows('userinit.exe', 'Userinit Logon Application', 'USERINIT.EXE'),
  explorer: windows('explorer.exe', 'Windows Explorer', 'EXPLORER.EXE', 'C:\\Windows\\'),
  sihost: windows('sihost.exe', 'Shell Infrastructure Host'),
  taskhostw: windows('taskhostw.exe', 'Host Process for Windows Tasks'),
  runtimeBroker: windows('RuntimeBroker.exe', 'Runtime Broker'),
  backgroundTaskHost: windows('backgroundTaskHost.exe', 'Background Task Host'),
  dllhost: windows('dllhost.exe', 'COM Surrogate'),
  conhost: windows('conhost.exe', 'Console Window Host', 'CONHOST.EXE'),
  audiodg: windows('audiodg.exe', 'Windows Audio Device Graph Isolation'),
  searchIndexer: windows('SearchIndexer.exe', 'Microsoft Windows Search Indexer'),
  searchProtocolHost: windows('SearchProtocolHost.exe', 'Microsoft Windows Search Protocol Host'),
  searchFilterHost: windows('SearchFilterHost.exe', 'Microsoft Windows Search Filter Host'),
  wmiPrvSe: windows('WmiPrvSE.exe', 'WMI Provider Host', 'Wmiprvse.exe', `${system}wbem\\`),
  compatTelRunner: windows('CompatTelRunner.exe', 'Microsoft Compatibility Telemetry'),
  defrag: terminal('Defrag.exe', 'Disk Defragmenter Module', 'Defrag.EXE'),
  usoclient: windows('UsoClient.exe', 'UsoClient', 'UsoClient.exe'),
  tiWorker: windows(
    'TiWorker.exe',
    'Windows Modules Installer Worker',
    'TiWorker.exe',
    'C:\\Windows\\WinSxS\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.19041.3745_none_7df2aec07ca10e81\\',
  ),
  trustedInstaller: windows(
    'TrustedInstaller.exe',
    'Windows Modules Installer',
    'TrustedInstaller.exe',
    'C:\\Windows\\servicing\\',
  ),
  msMpEng: windows(
    'MsMpEng.exe',
    'Antimalware Service Executable',
    'MsMpEng.exe',
    'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24040.4-0\\',
  ),
  mpCmdRun: terminal(
    'MpCmdRun.exe',
    'Microsoft Malware Protection Command Line Utility',
    'MpCmdRun.exe',
    'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24040.4-0\\',
  ),
  sysmon: windows('Sysmon64.exe', 'System activity monitor', '-', 'C:\\Windows\\'),
  notepad: windows('notepad.exe', 'Notepad', 'NOTEPAD.EXE'),
  calculator: windows('calc.exe', 'Windows Calculator', 'CALC.EXE'),
  mshta: windows('mshta.exe', 'Microsoft (R) HTML Application host', 'MSHTA.EXE'),
  rundll32: windows('rundll32.exe', 'Windows host process (Rundll32)', 'RUNDLL32.EXE'),
  regsvr32: windows('regsvr32.exe', 'Microsoft(C) Register Server', 'REGSVR32.EXE'),
  cmd: terminal('cmd.exe', 'Windows Command Processor', 'Cmd.Exe'),
  powershell: terminal(
    'powershell.exe',
    'Windows PowerShell',
    'PowerShell.EXE',
    `${system}WindowsPowerShell\\v1.0\\`,
  ),
  ipconfig: terminal('ipconfig.exe', 'IP Configuration Utility', 'ipconfig.exe'),
  whoami: terminal('whoami.exe', 'whoami - displays logged on user information', 'whoami.exe'),
  tasklist: terminal('tasklist.exe', 'Lists the current running tasks', 'tasklist.exe'),
  systeminfo: terminal('systeminfo.exe', 'Displays system information', 'sysinfo.exe'),
  nltest: terminal('nltest.exe', 'Microsoft® Logon Server Test Utility', 'nltestrk.exe'),
  netstat: terminal('NETSTAT.EXE', 'TCP/IP Netstat Command', 'netstat.exe'),
  cacls: terminal('cacls.exe', 'Control ACLs Program', 'CACLS.EXE'),
  bitsadmin: terminal('bitsadmin.exe', 'BITS administration utility', 'bitsadmin.exe'),
  reg: terminal('reg.exe', 'Registry Console Tool', 'reg.exe'),
  robocopy: terminal('Robocopy.exe', 'Microsoft Robocopy', 'robocopy.exe'),
  gpupdate: terminal('gpupdate.exe', 'Microsoft® Group Policy Update Utility', 'GPUpdate.exe'),
  outlook: officeProgram('Outlook.exe', 'Microsoft Outlook', 'Outlook.exe'),
  excel: officeProgram('Excel.exe', 'Microsoft Excel', 'Excel.exe'),
  word: officeProgram('WINWORD.EXE', 'Microsoft Word', 'WinWord.exe'),
  edge: {
    path: 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    version: '124.0.2478.97',
    description: 'Microsoft Edge',
    product: 'Microsoft Edge',
    company: 'Microsoft Corporation',
    original: 'msedge.exe',
  },
  chrome: {
    path: 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    version: '124.0.6367.202',
    description: 'Google Chrome',
    product: 'Google Chrome',
    company: 'Google LLC',
    original: 'chrome.exe',
  },
  git: {
    path: 'C:\\Program Files\\Git\\cmd\\git.exe',
    version: '2.45.0.1',
    description: 'Git for Windows',
    product: 'Git',
    company: 'The Git Development Community',
    original: 'git.exe',
    console: true,
  },
  node: {
    path: 'C:\\Program Files\\nodejs\\node.exe',
    version: '20.13.1',
    description: 'Node.js JavaScript Runtime',
    product: 'Node.js',
    company: 'Node.js',
    original: 'node.exe',
    console: true,
  },
} as const satisfies Readonly<Record<string, ProgramImage>>;

export type ImageName = keyof typeof IMAGES;
