import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { jsonText, terminalText } from '../core/terminal-text.ts';
import type { StoredFault } from '../store/store.ts';
import { CommandFailure } from './command-failure.ts';

/** The file that `--faults` names: a line of JSON for each fault. Failures are thrown as `CommandFailure`. */
export class FaultList {
  readonly #path: string;
  readonly #stream: WriteStream;
  #failure: Error | undefined;

  private constructor(path: string) {
    this.#path = path;
    this.#stream = createWriteStream(path);
    this.#stream.on('error', (error) => {
      this.#failure ??= error;
    });
  }

  /** Opens the file, before anything is read, so that a wrong path costs nothing. */
  static async open(path: string): Promise<FaultList> {
    const list = new FaultList(path);
    await new Promise<void>((settled) => {
      list.#stream.once('open', () => settled());
      list.#stream.once('error', () => settled());
    });
    list.#check();
    return list;
  }

  add({ fault, origin }: StoredFault): void {
    const { code, message, offset, length } = fault;
    const members = { file: origin, offset, ...(length !== undefined && { length }), code, reason: message };
    this.#stream.write(`${jsonText(members)}\n`);
  }

  /** Fails where not all was written. The events are in the store nevertheless. */
  async close(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream).catch(() => {});
    this.#check();
  }

  #check(): void {
    if (this.#failure === undefined) return;
    const { message } = this.#failure;
    throw new CommandFailure(`keizu: --faults: cannot write ${terminalText(this.#path)}: ${message}`);
  }
}
