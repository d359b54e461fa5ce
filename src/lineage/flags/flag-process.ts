import { imageName } from '../image-name.ts';
import type { Grade, Lineage } from '../process.ts';
import {
  documentEndings,
  documentPrograms,
  expectedParents,
  folderTops,
  runnableEndings,
  servicingFolders,
  shellsAndHosts,
  systemPrograms,
  unusualFolders,
} from './flag-table.ts';

export type FlagCode =
  | 'unusual-folder'
  | 'system-name-elsewhere'
  | 'unexpected-parent'
  | 'document-starts-shell'
  | 'double-extension'
  | 'direction-override'
  | 'parent-spoofing-hint';

/** Something unusual about a process, with its reason. The reason may hold text of an attacker: escape it where shown. */
export interface Flag {
  readonly code: FlagCode;
  readonly reason: string;
}

/** What flags are read from. */
export interface FlagSubject {
  readonly image: string | undefined;
  readonly commandLine: string | undefined;
  /** Undefined where there is no parent or its image is not known. */
  readonly parentImage: string | undefined;
  readonly grade: Grade;
  /** Why its parent may be spoofed. */
  readonly spoofing: readonly string[];
}

/** What the path of a program says by itself. */
interface ImageFacts {
  readonly name: string;
  readonly folder: string | undefined;
  readonly elsewhere: string | undefined;
  readonly extension: string | undefined;
  readonly direction: string | undefined;
}

/** Finds flags of many processes: what a program's path says is found out once. */
export class FlagFinder {
  readonly #images = new Map<string, ImageFacts>();

  /** What is unusual about a process: facts of its own record and of its parent's. */
  find({ image, commandLine, parentImage, grade, spoofing }: FlagSubject): readonly Flag[] {
    const flags: Flag[] = [];
    const add = (code: FlagCode, reason: string | undefined) => {
      if (reason !== undefined) flags.push({ code, reason });
    };
    const facts = image === undefined ? undefined : this.#facts(image);
    if (facts !== undefined) {
      add('unusual-folder', facts.folder);
      add('unusual-folder', argumentReason(facts.name, commandLine));
      add('system-name-elsewhere', facts.elsewhere);
      if (parentImage !== undefined) {
        const above = this.#facts(parentImage).name;
        add('unexpected-parent', parentReason(facts.name, above, grade));
        add('document-starts-shell', documentReason(facts.name, above, grade));
      }
    }
    add('double-extension', facts?.extension ?? extensionReason('the command line', commandLine));
    add('direction-override', facts?.direction ?? directionReason('the command line', commandLine));
    for (const reason of spoofing) add('parent-spoofing-hint', reason);
    return flags;
  }

  #facts(image: string): ImageFacts {
    const known = this.#images.get(image);
    if (known !== undefined) return known;
    const path = plainPath(image);
    const name = imageName(path);
    const facts = {
      name,
      folder: folderReason('runs from', path, image),
      elsewhere: elsewhereReason(path, name),
      extension: extensionReason('the program', image),
      direction: directionReason('the name of the program', image),
    };
    this.#images.set(image, facts);
    return facts;
  }
}

/** What is unusual about one process. */
export function flagProcess(lineage: Lineage, index: number): readonly Flag[] {
  const { image, commandLine } = lineage.outline(index);
  const parent = lineage.parent(index);
  return new FlagFinder().find({
    image,
    commandLine,
    parentImage: parent < 0 ? undefined : lineage.outline(parent).image,
    grade: lineage.grade(index),
    spoofing: spoofingReasons(lineage, index),
  });
}

/** Lower case, backslashes, without the marks of the kernel's own paths; `c:` stands for a drive that they do not name. */
export function plainPath(image: string): string {
  return image
    .toLowerCase()
    .replaceAll('/', '\\')
    .replace(/^\\(\?\?|\\[?.])\\(?=[a-z]:)/, '')
    .replace(/^\\device\\harddiskvolume\d+\\/, 'c:\\')
    .replace(/^\\systemroot\\/, 'c:\\windows\\')
    .replace(/^%(systemroot|windir)%\\/, 'c:\\windows\\');
}

function folderReason(does: string, path: string, image: string): string | undefined {
  if (/^\\\\[^\\?.]/.test(path)) return `${does} a network share: ${image}`;
  const isWindows = /^[a-z]:\\/.test(path);
  const onDrive = isWindows ? path.slice(2) : undefined;
  const found = unusualFolders.find(({ part, at }) => {
    if (at === 'start') return !isWindows && path.startsWith(part);
    if (at === 'drive') return onDrive?.startsWith(part) === true;
    return isWindows && path.includes(part);
  });
  if (found) return `${does} ${found.says}: ${image}`;
  const folder = onDrive?.slice(0, onDrive.lastIndexOf('\\') + 1);
  const top = folderTops.find((candidate) => candidate.folder === folder);
  return top && `${does} ${top.says}: ${image}`;
}

/** Paths to files that run, up to the first blank or quotation mark. */
const runnablePath = new RegExp(
  `[a-z]:\\\\[^"'*?<>|,;\\s]{1,400}\\.(?:${runnableEndings}|dll|ocx|cpl)(?=["',;\\s]|$)`,
  'giu',
);

/** A host of scripts or DLLs is a program of Windows; what it is given is what runs. */
function argumentReason(name: string, commandLine: string | undefined): string | undefined {
  const kind = Object.hasOwn(shellsAndHosts, name) ? shellsAndHosts[name] : undefined;
  if (kind === undefined || commandLine === undefined) return undefined;
  for (const [path] of commandLine.matchAll(runnablePath)) {
    const reason = folderReason('is given a file of', plainPath(path), path);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function elsewhereReason(path: string, name: string): string | undefined {
  const folders = Object.hasOwn(systemPrograms, name) ? systemPrograms[name] : undefined;
  if (folders === undefined || !/^[a-z]:\\/.test(path)) return undefined;
  const folder = path.slice(2, path.length - name.length);
  if (folders.includes(folder) || servicingFolders.some((start) => folder.startsWith(start)))
    return undefined;
  return `${name} belongs in ${folders.map((own) => own.slice(0, -1)).join(' or ')}, not in ${path.slice(0, 2)}${folder}`;
}

function parentReason(name: string, above: string, grade: Grade): string | undefined {
  const expected = Object.hasOwn(expectedParents, name) ? expectedParents[name] : undefined;
  if (expected === undefined || expected.includes(above)) return undefined;
  return `${name} is started by ${expected.join(' or ')}, here by ${above}${doubt(grade)}`;
}

function documentReason(name: string, above: string, grade: Grade): string | undefined {
  const shower = Object.hasOwn(documentPrograms, above) ? documentPrograms[above] : undefined;
  const shell = Object.hasOwn(shellsAndHosts, name) ? shellsAndHosts[name] : undefined;
  if (shower === undefined || shell === undefined) return undefined;
  return `${shower} (${above}) started ${shell} (${name})${doubt(grade)}`;
}

function doubt(grade: Grade): string {
  return grade === 'ambiguous' ? ', if that parent is the right one' : '';
}

/** Blanks between the two endings push the true one out of sight. */
const doubleEnding = new RegExp(
  `\\.(?:${documentEndings})[\\s\\u00a0_]{0,200}\\.(?:${runnableEndings})(?=["'\\s,]|$)`,
  'iu',
);

/** The part of a file name that stands before its endings. */
const fileNameEnd = /[^\\/"'\s]*$/u;

function extensionReason(what: string, text: string | undefined): string | undefined {
  const found = text === undefined ? null : doubleEnding.exec(text);
  if (text === undefined || found === null) return undefined;
  const before = fileNameEnd.exec(text.slice(Math.max(0, found.index - 80), found.index))?.[0] ?? '';
  return `double ending in ${what}: ${before}${found[0]}`;
}

const turning = /[\u202a-\u202e\u2066-\u2069]/u;

function directionReason(what: string, text: string | undefined): string | undefined {
  return text !== undefined && turning.test(text)
    ? `${what} holds characters that turn the direction of writing, so that it reads otherwise than it is: ${text}`
    : undefined;
}

/** Why the parent of a process may be spoofed, as its sensors tell it. */
export function spoofingReasons(lineage: Lineage, index: number): readonly string[] {
  const { disagreements, sensorsDisagree } = lineage.outline(index);
  const reasons: string[] = [];
  if (disagreements > 0)
    for (const { field, values } of lineage.process(index).disagreements)
      if (/parent|creator/i.test(field))
        reasons.push(
          `sensors name different parents: ${values.map(({ value, event }) => `${value} (${event.product})`).join(', ')}`,
        );
  if (sensorsDisagree)
    for (const { code, detail } of lineage.edge(index).reasons)
      if (code === 'sensors-disagree')
        reasons.push(`sensors name different parents${detail === undefined ? '' : `: ${detail}`}`);
  return reasons;
}
