import { appendFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../core/make-folder.ts';

/** Text is written to a file when this many characters of it have gathered. */
const FLUSH = 256 * 1024;

interface LogFile {
  readonly path: string;
  pending: string[];
  characters: number;
}

/**
 * The files of the case. No file stays open, so there may be thousands; what has gathered is bounded, and `flush` writes
 * the rest. Throws as node:fs does where the disk does not take it.
 */
export class LogFiles {
  private readonly folder: string;
  private readonly files = new Map<string, LogFile>();
  private pendingCharacters = 0;
  bytes = 0;
  lines = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Adds a line; a file of that name from an earlier run is overwritten. */
  line(name: string, text: string): void {
    this.lines += 1;
    this.text(name, `${text}\n`);
  }

  text(name: string, text: string): void {
    let file = this.files.get(name);
    if (!file) {
      file = { path: join(this.folder, name), pending: [], characters: 0 };
      makeFolder(dirname(file.path));
      writeFileSync(file.path, '');
      this.files.set(name, file);
    }
    file.pending.push(text);
    file.characters += text.length;
    this.pendingCharacters += text.length;
    if (file.characters >= FLUSH) this.write(file);
    else if (this.pendingCharacters >= FLUSH * 64) this.flush();
  }

  flush(): void {
    for (const file of this.files.values()) if (file.characters > 0) this.write(file);
  }

  names(): string[] {
    return [...this.files.keys()];
  }

  private write(file: LogFile): void {
    const data = Buffer.from(file.pending.join(''));
    appendFileSync(file.path, data);
    this.bytes += data.length;
    this.pendingCharacters -= file.characters;
    file.pending = [];
    file.characters = 0;
  }
}
