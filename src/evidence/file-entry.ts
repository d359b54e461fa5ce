import type { Ticks } from '../core/ticks.ts';
import type { EvidencePiece } from './evidence-phrase.ts';
import type { ZoneIdentifier } from './zone-identifier.ts';

/** What an event says of a file. */
export type FileRole =
  | 'created'
  | 'downloaded'
  | 'requested'
  | 'stream'
  | 'time-changed'
  | 'accessed'
  | 'blocked'
  | 'run'
  | 'loaded'
  | 'named'
  | 'deleted';

/** The process that an event names. */
export interface FileActor {
  readonly pid: string | undefined;
  readonly guid: string | undefined;
  readonly image: string | undefined;
  readonly user: string | undefined;
}

export interface FileEntry {
  readonly id: string;
  readonly time: Ticks;
  readonly arrival: Ticks;
  readonly host: string;
  readonly product: string;
  readonly eventCode: string | undefined;
  readonly role: FileRole;
  /** The file as this event has it; undefined where it only mentions it. */
  readonly path: string | undefined;
  readonly actor: FileActor;
  /** As recorded: not made safe for a terminal. */
  readonly summary: string;
  /** The same in its pieces. */
  readonly said: readonly EvidencePiece[];
  /** For `downloaded`. */
  readonly zone?: ZoneIdentifier;
}
