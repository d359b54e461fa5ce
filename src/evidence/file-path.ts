import { withoutStream } from '../products/values/file-name.ts';

/**
 * A path as paths are compared: letter case, `\??\`, `\\?\`, the drive's letter or its device, `\SystemRoot` and the name of
 * a stream make no difference. Short names (`PROGRA~1`) are left as they are: only the volume knows what they stand for.
 */
export interface ComparablePath {
  /** `c:`; undefined where the path names a device, or is no whole path. */
  readonly drive: string | undefined;
  /** Lower case, from the separator behind the drive on; without a separator in front it is the end of a path only. */
  readonly rest: string;
}

const PREFIX = /^(?:\\\\\?\\unc\\|\\\\[?.]\\|\\\?\?\\)/;
const DEVICE = /^(?:globalroot)?\\device\\[^\\]+(?=\\)/;
const SYSTEM_ROOT = /^(?:\\systemroot|%systemroot%|%windir%)(?=\\)/;

/** Reads a path of Windows (`\`, a drive, or `/` between parts after a drive) or of Unix (`/` in front). */
export function comparablePath(text: string): ComparablePath {
  const bare = withoutStream(text.trim().replace(/^"|"$/g, '')).toLowerCase();
  if (bare.startsWith('/')) return { drive: undefined, rest: bare };
  const windows = bare.replaceAll('/', '\\');
  const prefix = PREFIX.exec(windows)?.[0] ?? '';
  const share = prefix.endsWith('unc\\') ? '\\\\' : '';
  const path = share + windows.slice(prefix.length);
  const drive = /^[a-z]:(?=\\)/.exec(path)?.[0];
  if (drive !== undefined) return { drive, rest: path.slice(2) };
  return { drive: undefined, rest: path.replace(DEVICE, '').replace(SYSTEM_ROOT, '\\windows') };
}

/** Whether a path is the one that is looked for: equal, or ending in it where only an end is known. */
export function isPath(wanted: ComparablePath, text: string): boolean {
  const found = comparablePath(text);
  if (wanted.drive !== undefined && found.drive !== undefined && wanted.drive !== found.drive) return false;
  if (isWhole(wanted)) return wanted.rest === found.rest;
  return found.rest === wanted.rest || found.rest.endsWith(`${separator(found)}${wanted.rest}`);
}

/** Whether a path begins at a root, so that it names one file of a host. */
export function isWhole({ rest }: ComparablePath): boolean {
  return rest.startsWith('\\') || rest.startsWith('/');
}

function separator({ rest }: ComparablePath): string {
  return rest.startsWith('/') ? '/' : '\\';
}

/** The last part of a path. */
export function lastPart({ rest }: ComparablePath): string {
  return rest.slice(Math.max(rest.lastIndexOf('\\'), rest.lastIndexOf('/')) + 1);
}

/** Characters that go on a file's name; before and behind a mention there are none. */
const NAME_CHARACTER = /[\p{L}\p{N}_\-.~$]/u;

/** Whether a text (a command line, a value of the registry) names the path, or its file where `folder` is the path's own. */
export function mentionsPath(wanted: ComparablePath, text: string, folder?: string): boolean {
  if (lastPart(wanted) === '') return false;
  const lower = text.toLowerCase();
  const flat = wanted.rest.startsWith('/') ? lower : lower.replaceAll('/', '\\');
  if (
    mentions(flat, wanted.rest, (at) =>
      isWhole(wanted) ? sameDrive(wanted, flat, at) : isBorder(flat, at - 1),
    )
  )
    return true;
  if (folder === undefined || !isWhole(wanted)) return false;
  const name = lastPart(wanted);
  const inside = isPath(wanted, `${folder.replace(/[\\/]$/, '')}${separator(wanted)}${name}`);
  return inside && mentions(flat, name, (at) => isBorder(flat, at - 1));
}

function mentions(text: string, part: string, fits: (at: number) => boolean): boolean {
  if (part === '') return false;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (isBorder(text, at + part.length) && fits(at)) return true;
  return false;
}

function isBorder(text: string, at: number): boolean {
  const character = text[at];
  if (character === undefined || !NAME_CHARACTER.test(character)) return true;
  // A full stop or a hyphen that ends a sentence or begins an option goes on no name.
  const next = text[at + 1];
  return character === '.' && (next === undefined || !NAME_CHARACTER.test(next));
}

/** In front of the rest of a whole path stands its drive, a device, a variable, or the beginning of the text. */
function sameDrive({ drive }: ComparablePath, text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at);
  const named = /^[a-z]:$/.test(before) ? before : undefined;
  if (named !== undefined) return drive === undefined || named === drive;
  return (
    at === 0 ||
    !NAME_CHARACTER.test(text[at - 1] ?? '') ||
    /harddiskvolume\d+$/.test(text.slice(Math.max(0, at - 24), at))
  );
}
