import type { EventClass } from '../../events/event-class.ts';

/** Which member names the process that an event is about. */
type Actor = 'target' | 'context';

/** What a Falcon event is: its class, who acted, and the CIM's action where the name alone decides. */
export interface FalconEvent {
  readonly eventClass: EventClass;
  readonly actor: Actor;
  readonly action?: string;
}

type Row = readonly [pattern: RegExp, eventClass: EventClass, action?: string, actor?: Actor];

/** By `event_simpleName`, in the order in which they are tried. */
const rows: readonly Row[] = [
  [/^(?:Synthetic)?ProcessRollup2$/, 'process-start', 'allowed', 'target'],
  [/^EndOfProcess$/, 'process-end', 'blocked', 'target'],
  [/^(?:SensorHeartbeat|AgentOnline|ProcessRollup2Stats)$/, 'sensor-state'],
  [/^Network(?:Connect|ReceiveAccept|Close)IP[46]$/, 'network', 'allowed'],
  [/^(?:NetworkListen|RawBind)IP[46]$/, 'network'],
  [/^HttpRequest$/, 'network'],
  [/^(?:Suspicious)?DnsRequest$/, 'dns'],
  [/FileWritten$|^New(?:Executable|Script)Written$/, 'file-create', 'created'],
  [/^NewExecutableRenamed$/, 'file-create', 'modified'],
  [/^(?:ExecutableDeleted|FileDeleteInfo)$/, 'file-delete', 'deleted'],
  [/^FileOpenInfo$/, 'file-access', 'read'],
  [/^(?:Asep(?:Key|Value)Update|Reg\w*Update|SuspiciousRegAsepUpdate)$/, 'registry', 'modified'],
  [/^(?:Classified|Unsigned)ModuleLoad$|^ReflectiveDllLoaded$/, 'module-load', 'success'],
  [/^DriverLoad$/, 'driver-load', 'allowed'],
  [/^(?:\w*InjectedThread\w*|CreateThreadNoStartImage)$/, 'remote-thread'],
  [/^(?:ProcessInjection|LsassHandleFromUnsignedModule)$/, 'process-access'],
  [/^(?:CommandHistory|ScriptControl\w+)$/, 'script'],
  [/^(?:UserLogon|UserLogoff)$/, 'logon', 'success'],
  [/^UserLogonFailed2?$/, 'logon', 'failure'],
  [/^UserAccount\w+$/, 'account', 'modified'],
  [/^(?:ServiceStarted|HostedServiceStarted|CreateService|ModifyServiceBinary)$/, 'service'],
  [/^ScheduledTask\w+$/, 'scheduled-task'],
  [/^Wmi\w+$/, 'wmi'],
  [/^EventLogCleared$/, 'log-cleared'],
];

const other: FalconEvent = { eventClass: 'other', actor: 'context' };

/** What an event of a name tells. */
export function falconEvent(name: string): FalconEvent {
  const found = rows.find(([pattern]) => pattern.test(name));
  if (found === undefined) return other;
  const [, eventClass, action, actor = 'context'] = found;
  return action === undefined ? { eventClass, actor } : { eventClass, actor, action };
}
