import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandFailure } from './command-failure.ts';

/** Reads a password: at a terminal unseen and twice, else the first line of standard input. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return lineOf(process.stdin);
  const first = await askUnseen('Password: ');
  const second = await askUnseen('Again: ');
  if (first !== second) throw new CommandFailure('keizu: the two passwords differ.');
  return first;
}

async function lineOf(input: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of input) {
    pieces.push(Buffer.from(piece));
    if (piece.includes(10)) break;
  }
  return Buffer.concat(pieces).toString('utf8').split(/\r?\n/)[0] ?? '';
}

async function askUnseen(question: string): Promise<string> {
  const unseen = new Writable({ write: (_piece, _encoding, done) => done() });
  const reading = createInterface({ input: process.stdin, output: unseen, terminal: true });
  process.stderr.write(question);
  try {
    return await reading.question('');
  } finally {
    reading.close();
    process.stderr.write('\n');
  }
}
