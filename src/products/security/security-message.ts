import type { Fields } from '../fields.ts';
import type { WindowsRecord } from '../windows-shapes/windows-record.ts';

/** Labels that mean the same in every section of every Security event's message, English. */
const labels: ReadonlyMap<string, string> = new Map([
  ['New Process ID', 'NewProcessId'],
  ['New Process Name', 'NewProcessName'],
  ['Token Elevation Type', 'TokenElevationType'],
  ['Mandatory Label', 'MandatoryLabel'],
  ['Creator Process ID', 'ProcessId'],
  ['Creator Process Name', 'ParentProcessName'],
  ['Process Command Line', 'CommandLine'],
  ['Process ID', 'ProcessId'],
  ['Process Name', 'ProcessName'],
  ['Exit Status', 'Status'],
  ['Logon Type', 'LogonType'],
  ['Linked Logon ID', 'TargetLinkedLogonId'],
  ['Workstation Name', 'WorkstationName'],
  ['Source Network Address', 'IpAddress'],
  ['Logon Process', 'LogonProcessName'],
  ['Authentication Package', 'AuthenticationPackageName'],
  ['Key Length', 'KeyLength'],
  ['Failure Reason', 'FailureReason'],
  ['Status', 'Status'],
  ['Sub Status', 'SubStatus'],
  ['Privileges', 'PrivilegeList'],
  ['Object Server', 'ObjectServer'],
  ['Object Type', 'ObjectType'],
  ['Object Name', 'ObjectName'],
  ['Object Value Name', 'ObjectValueName'],
  ['Handle ID', 'HandleId'],
  ['Access Mask', 'AccessMask'],
  ['Old Value', 'OldValue'],
  ['New Value', 'NewValue'],
  ['Service Name', 'ServiceName'],
  ['Service File Name', 'ServiceFileName'],
  ['Service Type', 'ServiceType'],
  ['Service Start Type', 'ServiceStartType'],
  ['Service Account', 'ServiceAccount'],
  ['Task Name', 'TaskName'],
  ['Task Content', 'TaskContent'],
  ['Share Name', 'ShareName'],
  ['Share Path', 'ShareLocalPath'],
  ['Relative Target Name', 'RelativeTargetName'],
  ['Application Name', 'Application'],
  ['Source Address', 'SourceAddress'],
  ['Destination Address', 'DestAddress'],
  ['Destination Port', 'DestPort'],
  ['Protocol', 'Protocol'],
  ['Direction', 'Direction'],
  ['Target Server Name', 'TargetServerName'],
  ['Client Address', 'IpAddress'],
  ['Client Port', 'IpPort'],
  ['Ticket Options', 'TicketOptions'],
  ['Ticket Encryption Type', 'TicketEncryptionType'],
  // Japanese, as Windows 7 writes them.
  ['プロセス ID', 'ProcessId'],
  ['プロセス名', 'ProcessName'],
  ['ログオン タイプ', 'LogonType'],
  ['ログオン GUID', 'LogonGuid'],
  ['ワークステーション名', 'WorkstationName'],
  ['ソース ネットワーク アドレス', 'IpAddress'],
  ['ソース ポート', 'IpPort'],
  ['ログオン プロセス', 'LogonProcessName'],
  ['認証パッケージ', 'AuthenticationPackageName'],
  ['キーの長さ', 'KeyLength'],
  ['特権', 'PrivilegeList'],
]);

/** Labels of an account; whose it is depends on the section. */
const accountLabels: ReadonlyMap<string, string> = new Map([
  ['Security ID', 'UserSid'],
  ['Account Name', 'UserName'],
  ['Account Domain', 'DomainName'],
  ['Logon ID', 'LogonId'],
  ['セキュリティ ID', 'UserSid'],
  ['アカウント名', 'UserName'],
  ['アカウント ドメイン', 'DomainName'],
  ['ログオン ID', 'LogonId'],
]);

const subjectSections: ReadonlySet<string> = new Set(['Subject', 'Creator Subject', 'サブジェクト']);
const targetSections: ReadonlySet<string> = new Set([
  'Target Subject',
  'New Logon',
  'Account Whose Credentials Were Used',
  'Account For Which Logon Failed',
  'Target Account',
  'New Account',
  'Account Information',
  '新しいログオン',
]);

/** Events whose message calls the target "Subject". */
const subjectIsTarget: ReadonlySet<string> = new Set(['4634', '4647', '4800', '4801']);

/** Filtering-platform events: a "Source Port" there is no logon's. */
const filtering: ReadonlySet<string> = new Set(['5152', '5154', '5155', '5156', '5157', '5158', '5159']);

const MAXIMUM_LINES = 500;

/**
 * Adds fields out of the message of a record that has nothing else (Event Viewer's export, `Get-WinEvent`), or of a filtering
 * event whose process id nxlog overwrote with that of the logger. Fields that the record has are never replaced. The text
 * itself stays in `Message`; messages in other languages than English and Japanese give no fields.
 */
export function addSecurityMessage(fields: Fields, record: WindowsRecord, eventId: string): void {
  const { message, shape } = record;
  if (message === undefined || shape === 'xml') return;
  if (record.event.data.length === 0) readMessage(fields, message, eventId);
  else if (shape === 'nxlog' && filtering.has(eventId) && !fields.ProcessId && !fields.ProcessID) {
    const found: Fields = Object.create(null) as Fields;
    readMessage(found, message, eventId);
    if (found.ProcessId !== undefined) fields.ProcessId = found.ProcessId;
  }
}

function readMessage(fields: Fields, message: string, eventId: string): void {
  let section = '';
  for (const line of message.split(/\r?\n/, MAXIMUM_LINES)) {
    const colon = line.indexOf(':');
    if (colon <= 0 || colon > 60) continue;
    const indented = line.charCodeAt(0) === 9 || line.charCodeAt(0) === 32;
    const label = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (!indented) section = label;
    const name = nameOf(label, section, eventId);
    if (name !== undefined && value !== '') fields[name] ??= value;
  }
}

function nameOf(label: string, section: string, eventId: string): string | undefined {
  const account = accountLabels.get(label);
  if (account !== undefined) {
    if (targetSections.has(section)) return `Target${account}`;
    if (!subjectSections.has(section)) return undefined;
    return `${subjectIsTarget.has(eventId) ? 'Target' : 'Subject'}${account}`;
  }
  if (label === 'Source Port') return filtering.has(eventId) ? 'SourcePort' : 'IpPort';
  return labels.get(label);
}
