import { ActionQueue } from './action-queue.ts';
import type { CaseProcess, Integrity, LogonSession } from './case-process.ts';
import { type CaseTime, SECOND } from './case-time.ts';
import { type CaseHost, DOMAIN } from './company.ts';
import { logonGuid, processGuid } from './identifiers.ts';
import type { ProgramImage } from './image-catalogue.ts';
import { Random } from './random.ts';
import {
  processCreated,
  processExited,
  SECURITY_FORMS,
  type SecurityEvent,
  systemSession,
} from './security-events.ts';
import { SensorFaultState, type SensorFaults } from './sensor-faults.ts';
import type { ProxyTransaction } from './squid-log.ts';
import { processCreate, processTerminate, SYSMON_VERSIONS, type SysmonEvent } from './sysmon-events.ts';
import { type EventData, windowsEventXml } from './windows-event-xml.ts';

/** The files of a host: Sysmon's, the part of it that came late, Security's and System's. */
export type HostLog = 'sysmon' | 'sysmon-late' | 'security' | 'system';

/** Where a host's lines go, and its processes when they end (`end` undefined: still alive when the logs end). */
export interface HostSink {
  line(log: HostLog, text: string): void;
  proxy(transaction: ProxyTransaction): void;
  process(process: CaseProcess, end: CaseTime | undefined): void;
}

export interface StartOptions {
  readonly image: ProgramImage;
  readonly commandLine: string;
  readonly parent: CaseProcess | undefined;
  readonly session?: LogonSession;
  readonly integrity?: Integrity;
  readonly directory?: string;
  /** A process id of the story; else a free one is drawn. */
  readonly pid?: number;
  /** False for a process that is older than the logs. */
  readonly recorded?: boolean;
  readonly ruleName?: string;
}

/** Process ids are multiples of 4; the noise draws them below this. */
const PID_LIMIT = 20_000;

const SYSMON_GUID = '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}';
const SECURITY_GUID = '{54849625-5478-4994-a5ba-3e3b0328c30d}';

/**
 * One host: its processes as they truly are, what is still to happen, and its logs as the sensors write them. Everything
 * happens in the order of time, so memory holds only what is alive or planned.
 */
export class HostSimulation {
  readonly host: CaseHost;
  readonly random: Random;
  readonly faults: SensorFaultState;
  now: CaseTime;
  boot = 7;
  systemLogon: LogonSession;
  /** The processes that others are started by, by role: `explorer`, `services`, … Empty while the host is off. */
  readonly roles = new Map<string, CaseProcess>();
  /** Live processes by process id. */
  readonly processes = new Map<number, CaseProcess>();
  /** Events and proxy lines so far. */
  emitted = 0;
  /** Live processes of which an end will be logged. */
  private endsToCome = 0;
  private readonly queue = new ActionQueue();
  private readonly sink: HostSink;
  private readonly reservedPids: ReadonlySet<number>;
  private sequence = 0;
  private processCount = 0;
  private readonly recordIds = { sysmon: 0, security: 0, system: 0 };
  private readonly lastTimes = { sysmon: 0, security: 0, system: 0 };
  private logonCount = 0;

  constructor(
    host: CaseHost,
    seed: number,
    begin: CaseTime,
    sink: HostSink,
    reservedPids: ReadonlySet<number>,
    faults: SensorFaults,
  ) {
    this.host = host;
    this.random = new Random(`${seed} ${host.name}`);
    this.now = begin;
    this.sink = sink;
    this.reservedPids = reservedPids;
    this.faults = new SensorFaultState(faults);
    this.systemLogon = this.newSystemLogon();
    this.recordIds.sysmon = this.random.whole(100_000, 900_000);
    this.recordIds.security = this.random.whole(100_000, 900_000);
    this.recordIds.system = this.random.whole(1_000, 9_000);
  }

  at(time: CaseTime, action: () => void): void {
    this.queue.add(Math.max(Math.round(time), this.now), action);
  }

  after(delay: number, action: () => void): void {
    this.at(this.now + delay, action);
  }

  /** Lets everything happen that is due before the moment. */
  run(until: CaseTime): void {
    for (let next = this.queue.nextTime; next !== undefined && next < until; next = this.queue.nextTime) {
      const entry = this.queue.take();
      if (!entry) break;
      this.now = entry.time;
      entry.action();
    }
    this.now = until;
  }

  /** Events written and those that live processes will still bring. */
  get committed(): number {
    return this.emitted + this.endsToCome * 2;
  }

  /** Does something after a while, unless the process has ended by then. */
  during(process: CaseProcess, delay: number, action: () => void): void {
    this.after(delay, () => {
      if (process.alive) action();
    });
  }

  role(name: string): CaseProcess | undefined {
    const process = this.roles.get(name);
    return process?.alive ? process : undefined;
  }

  start(options: StartOptions): CaseProcess {
    const { parent, image } = options;
    const session = options.session ?? parent?.session ?? this.systemLogon;
    const recorded = options.recorded ?? true;
    this.processCount += 1;
    this.sequence += recorded ? this.random.whole(1, 3) : 1;
    const pid = options.pid ?? this.freePid();
    const process: CaseProcess = {
      id: `${this.host.name}/${this.processCount}`,
      pid,
      guid: processGuid(this.host.machineId, this.now, this.boot, this.sequence),
      image,
      commandLine: options.commandLine,
      directory:
        options.directory ??
        (session.terminalSession > 0 ? `C:\\Users\\${session.user}\\` : 'C:\\Windows\\system32\\'),
      session,
      integrity: options.integrity ?? session.integrity,
      parent,
      start: this.now,
      alive: true,
      recorded: { sysmon: false, security: false },
    };
    this.processes.set(pid, process);
    if (recorded) {
      process.recorded.sysmon = this.sysmon(processCreate(process, this.now, options.ruleName));
      this.security(processCreated(process));
      process.recorded.security = true;
      this.endsToCome += 1;
    }
    return process;
  }

  /** Ends a process, if it is still alive. A process without a recorded start gets a recorded end all the same. */
  exit(process: CaseProcess, status = 0): void {
    if (!process.alive) return;
    process.alive = false;
    if (this.processes.get(process.pid) === process) this.processes.delete(process.pid);
    if (process.recorded.security) this.endsToCome -= 1;
    this.sysmon(processTerminate(process, this.now));
    this.security(processExited(process, status));
    this.sink.process(process, this.now);
  }

  /** A process ends without an event. */
  endUnseen(process: CaseProcess): void {
    process.alive = false;
    if (this.processes.get(process.pid) === process) this.processes.delete(process.pid);
    if (process.recorded.security) this.endsToCome -= 1;
    this.sink.process(process, this.now);
  }

  /** The power goes: what is alive ends without an event. */
  powerOff(): void {
    for (const process of [...this.processes.values()]) this.endUnseen(process);
    this.roles.clear();
  }

  /** Gives the processes that are alive when the logs end to the sink. */
  finish(): void {
    for (const process of this.processes.values()) this.sink.process(process, undefined);
  }

  /** A logon session of an account of the domain. */
  logon(
    user: { readonly name: string; readonly sid: string },
    terminalSession: number,
    integrity: Integrity,
  ): LogonSession {
    this.logonCount += 1;
    const logonId = 0x30000 + this.logonCount * 0x1f7 + this.random.whole(0, 0x1f0);
    return {
      user: user.name,
      domain: DOMAIN,
      sid: user.sid,
      logonId,
      logonGuid: logonGuid(this.host.machineId, this.now, logonId),
      terminalSession,
      integrity,
      securityName: user.name,
      securityDomain: DOMAIN,
    };
  }

  /** After a boot: new boot number, new sequence, new sessions. Nothing may be alive. */
  newBoot(): void {
    this.boot += 1;
    this.sequence = 0;
    this.logonCount = 0;
    this.systemLogon = this.newSystemLogon();
    this.roles.clear();
  }

  /** Writes a Sysmon event; false where it will never arrive. */
  sysmon(event: SysmonEvent): boolean {
    if (this.faults.drops(event, this.now)) return false;
    this.recordIds.sysmon += 1;
    const recordId = this.recordIds.sysmon;
    const route = this.faults.route(event, recordId, this.now);
    const time = this.stamp('sysmon', this.random.whole(300, 3500));
    if (route === 'lost') return false;
    this.emitted += 1;
    const text = windowsEventXml(
      {
        provider: 'Microsoft-Windows-Sysmon',
        providerGuid: SYSMON_GUID,
        eventId: event.id,
        version: SYSMON_VERSIONS[event.id],
        level: event.id === 255 ? 2 : 4,
        task: event.id,
        keywords: '0x8000000000000000',
        time,
        recordId,
        processId: this.roles.get('sysmon')?.pid ?? 2916,
        threadId: 3000 + (event.id % 3) * 44,
        channel: 'Microsoft-Windows-Sysmon/Operational',
        computer: this.host.computer,
        userId: 'S-1-5-18',
      },
      event.data,
    );
    this.sink.line(route === 'late' ? 'sysmon-late' : 'sysmon', text);
    return true;
  }

  security(event: SecurityEvent): void {
    this.recordIds.security += 1;
    this.emitted += 1;
    const { version, task } = SECURITY_FORMS[event.id];
    const text = windowsEventXml(
      {
        provider: 'Microsoft-Windows-Security-Auditing',
        providerGuid: SECURITY_GUID,
        eventId: event.id,
        version,
        level: 0,
        task,
        keywords: '0x8020000000000000',
        time: this.stamp('security', this.random.whole(20, 400)),
        recordId: this.recordIds.security,
        processId: 4,
        threadId: 200 + this.random.whole(0, 40) * 4,
        channel: 'Security',
        computer: this.host.computer,
      },
      event.data,
    );
    this.sink.line('security', text);
  }

  /** An event of the System channel. */
  system(provider: string, providerGuid: string, eventId: number, data: EventData): void {
    this.recordIds.system += 1;
    this.emitted += 1;
    const text = windowsEventXml(
      {
        provider,
        providerGuid,
        eventId,
        version: 0,
        level: 4,
        task: 0,
        keywords: '0x8080000000000000',
        time: this.stamp('system', this.random.whole(20, 400)),
        recordId: this.recordIds.system,
        processId: 4,
        threadId: 8,
        channel: 'System',
        computer: this.host.computer,
      },
      data,
    );
    this.sink.line('system', text);
  }

  proxy(transaction: ProxyTransaction): void {
    this.emitted += 1;
    this.sink.proxy(transaction);
  }

  private newSystemLogon(): LogonSession {
    return systemSession(this.host.name, logonGuid(this.host.machineId, this.now - 5 * SECOND, 0x3e7));
  }

  private freePid(): number {
    for (;;) {
      const pid = this.random.whole(100, PID_LIMIT / 4 - 1) * 4;
      if (!this.processes.has(pid) && !this.reservedPids.has(pid)) return pid;
    }
  }

  /** When the logging service wrote the event: a little after it happened, and after the channel's last. */
  private stamp(channel: 'sysmon' | 'security' | 'system', lag: number): CaseTime {
    const time = Math.max(this.now + lag, this.lastTimes[channel] + 1);
    this.lastTimes[channel] = time;
    return time;
  }
}
