import { text } from 'node:stream/consumers';

/** The search that a command was given: its argument, or standard input where that is `-`. */
export async function searchText(argument: string): Promise<string> {
  return argument === '-' ? (await text(process.stdin)).trimEnd() : argument;
}
