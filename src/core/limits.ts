/**
 * How much of what the outside sends is taken in before a reader stops and says so. Every limit that bites becomes a
 * `Fault` that names it.
 */
export interface ReadLimits {
  /** Bytes of one record: a line, an event's XML, a row. A longer one is a `too-long` fault and is passed over. */
  readonly recordBytes: number;
  /** Levels of nesting within one record (JSON, XML). */
  readonly recordDepth: number;
  /** Levels of containers within containers: 1 is an archive that holds no other. */
  readonly containerDepth: number;
  /** Members of all containers of one file. */
  readonly containerMembers: number;
  /** A member may unpack to this many bytes whatever its packed size. */
  readonly memberBytes: number;
  /** Beyond `memberBytes`, unpacking stops where a member is more than this many times its packed size. */
  readonly memberRatio: number;
  /** A file's members may together unpack to this many bytes, at all levels, whatever the file's size. */
  readonly fileBytes: number;
  /** Beyond `fileBytes`, unpacking of a file stops where its members are more than this many times its size. */
  readonly fileRatio: number;
}

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

/** Deflate cannot pack better than 1032 to 1; event logs pack 10 to 50 to 1. */
export const defaultReadLimits: ReadLimits = {
  recordBytes: 16 * MiB,
  recordDepth: 64,
  containerDepth: 5,
  containerMembers: 1_000_000,
  memberBytes: GiB,
  memberRatio: 300,
  fileBytes: 4 * GiB,
  fileRatio: 300,
};
