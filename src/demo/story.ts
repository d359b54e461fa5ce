import type { ImageName } from './image-catalogue.ts';
import type { CaseWindow, SensorFaults } from './sensor-faults.ts';

/** What the proxy made of a connection; the letters are those of its verdict in the egress reference. */
export type ProxyOutcome = 'delivered' | 'bytes-both-ways' | 'blocked' | 'upstream-failed';

/** A request through the proxy, as the story's process made it. */
export interface StoryRequest {
  readonly method: 'GET' | 'POST' | 'CONNECT' | 'BITS_POST';
  readonly url: string;
  readonly destination: string;
  readonly port: number;
  readonly outcome: ProxyOutcome;
  readonly bytes: number;
  readonly elapsedMs: number;
  readonly mime?: string;
}

interface StepBase {
  /** Time of the first day, `09:42:18.412`. */
  readonly at: string;
  /** Makes the step one of the story's named moments. */
  readonly moment?: string;
}

/** `process`, `parent`, `target` name a process of the story, or a role of the host (`explorer`, `bits`). */
export type StoryStep = StepBase &
  (
    | {
        readonly kind: 'start';
        readonly name: string;
        readonly parent: string;
        readonly pid: number;
        readonly image: ImageName;
        readonly commandLine: string;
        readonly directory?: string;
        readonly ruleName?: string;
      }
    | { readonly kind: 'exit'; readonly process: string; readonly status?: number }
    | { readonly kind: 'file'; readonly process: string; readonly path: string; readonly ruleName?: string }
    | { readonly kind: 'delete'; readonly process: string; readonly path: string }
    | { readonly kind: 'stream'; readonly process: string; readonly path: string; readonly contents: string }
    | { readonly kind: 'load'; readonly process: string; readonly path: string; readonly signed: boolean }
    | {
        readonly kind: 'registry';
        readonly process: string;
        readonly value: string;
        readonly details: string;
        readonly ruleName?: string;
      }
    | { readonly kind: 'thread'; readonly process: string; readonly target: string }
    | { readonly kind: 'access'; readonly process: string; readonly target: string; readonly access: string }
    | {
        readonly kind: 'request';
        readonly process: string;
        /** Whether the sensor saw the connection to the proxy (Sysmon 3), had it in its queue and lost it, or never. */
        readonly sensor: 'recorded' | 'dropped' | 'not-recorded';
        readonly request: StoryRequest;
        /** Command and control. */
        readonly c2?: true;
      }
  );

export interface Story {
  readonly name: string;
  /** Name of the host. */
  readonly host: string;
  readonly user: string;
  /** Processes older than the logs. */
  readonly existing: readonly {
    readonly name: string;
    readonly parent: string;
    readonly pid: number;
    readonly image: ImageName;
    readonly commandLine: string;
    /** Hours before the logs begin. */
    readonly hoursBefore: number;
  }[];
  readonly steps: readonly StoryStep[];
  readonly faults: SensorFaults;
  /** When the host is switched on and off on the first day, unless it is always on. */
  readonly powered?: CaseWindow;
}

/** What PowerShell takes as `-EncodedCommand`; the text is harmless. */
export function encodedCommand(text: string): string {
  return Buffer.from(text, 'utf16le').toString('base64');
}
