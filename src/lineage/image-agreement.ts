import type { StringPool } from './string-pool.ts';

/** Prefixes that stand for the drive of Windows, or for any drive. */
const PREFIX = /^(\\\\\?\\|\\\?\?\\)?([a-z]:|\\device\\harddiskvolume\d+|\\systemroot(?=\\)|%systemroot%)?/;

/**
 * Compares paths of programs as sensors write them: letter case, `\??\`, drive letter or device, `\SystemRoot`, short names
 * and bare names (`System`, `Registry`) make no difference. Works on the numbers of interned texts; each is normalised once.
 */
export class ImageAgreement {
  private readonly texts: StringPool;
  private readonly paths = new Map<string, number>();
  private readonly pathTexts: string[] = [];
  private readonly names = new Map<string, number>();
  private readonly pathOf: Int32Array;
  private readonly nameOf: Int32Array;
  /** By number of text: whether its folder is not to be compared. */
  private readonly loose: Uint8Array;

  constructor(texts: StringPool) {
    this.texts = texts;
    this.pathOf = new Int32Array(texts.size).fill(-2);
    this.nameOf = new Int32Array(texts.size);
    this.loose = new Uint8Array(texts.size);
  }

  /** Undefined where either is not known. */
  agree(one: number, other: number): boolean | undefined {
    if (one < 0 || other < 0) return undefined;
    if (one === other) return true;
    const pathOne = this.path(one);
    const pathOther = this.path(other);
    if (pathOne === pathOther) return true;
    if (this.nameOf[one] === this.nameOf[other]) return this.loose[one] === 1 || this.loose[other] === 1;
    return false;
  }

  /** A number that programs of one file name share; -1 for none. */
  name(image: number): number {
    if (image < 0) return -1;
    this.path(image);
    return this.nameOf[image] as number;
  }

  /** A number that equal programs share: that of the normalised path; -1 for none. */
  path(image: number): number {
    if (image < 0) return -1;
    const known = this.pathOf[image] ?? -2;
    if (known !== -2) return known;
    const text = (this.texts.text(image) ?? '').toLowerCase();
    const windows = !text.startsWith('/');
    let path = windows ? text.replaceAll('/', '\\').replace(PREFIX, '') : text;
    if (windows && /^\\systemroot\\|^%systemroot%/.test(text)) path = `\\windows${path}`;
    const name = path.slice(path.lastIndexOf(windows ? '\\' : '/') + 1);
    this.loose[image] = name === path || path.includes('~') ? 1 : 0;
    this.nameOf[image] = numberOf(this.names, name);
    const number = numberOf(this.paths, path);
    this.pathTexts[number] = path;
    this.pathOf[image] = number;
    return number;
  }

  /** The normalised path of such a number. */
  pathText(path: number): string {
    return this.pathTexts[path] ?? '';
  }
}

function numberOf(numbers: Map<string, number>, text: string): number {
  let number = numbers.get(text);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(text, number);
  }
  return number;
}
