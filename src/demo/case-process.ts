import type { CaseTime } from './case-time.ts';
import type { ProgramImage } from './image-catalogue.ts';

export type Integrity = 'Low' | 'Medium' | 'High' | 'System';

/** A logon session of a host. */
export interface LogonSession {
  readonly user: string;
  readonly domain: string;
  readonly sid: string;
  /** The LUID as a number; the case's are small. */
  readonly logonId: number;
  readonly logonGuid: string;
  readonly terminalSession: number;
  readonly integrity: Integrity;
  /** `HOST$` for the system's own session, as Security events name it. */
  readonly securityName: string;
  readonly securityDomain: string;
}

/** A process of the simulation: what it truly is, whatever the sensors say of it. */
export interface CaseProcess {
  /** Unique in the case: `WS-ACC-01/17`. */
  readonly id: string;
  readonly pid: number;
  readonly guid: string;
  readonly image: ProgramImage;
  readonly commandLine: string;
  readonly directory: string;
  readonly session: LogonSession;
  readonly integrity: Integrity;
  readonly parent: CaseProcess | undefined;
  readonly start: CaseTime;
  /** True until the process ends. */
  alive: boolean;
  /** Which sensors' start event was written. */
  readonly recorded: { sysmon: boolean; security: boolean };
}

/** `KITANO\wallylambic`, as Sysmon names a user. */
export function sysmonUser(process: CaseProcess): string {
  return `${process.session.domain}\\${process.session.user}`;
}

/** The file name of a Windows path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}
