/**
 * Speed of the readers of text formats, on made-up events: MB for each second of processor time, the best of several
 * rounds, with saxes alone beside the XML reader.
 */

import { csv } from '../src/formats/csv/csv.ts';
import { eventXml } from '../src/formats/event-xml/event-xml.ts';
import { parseFullXml } from '../src/formats/event-xml/full-xml.ts';
import type { Format } from '../src/formats/format.ts';
import { json } from '../src/formats/json/json.ts';
import { textLines } from '../src/formats/text-lines.ts';

const EVENTS = 30_000;
const CHUNK_BYTES = 256 * 1024;

const data = Array.from(
  { length: EVENTS },
  (_, at): Readonly<Record<string, string>> => ({
    RuleName: '-',
    UtcTime: '2024-05-01 10:11:12.345',
    ProcessGuid: `{0A1B2C3D-0000-0000-0000-${at.toString(16).padStart(12, '0')}}`,
    ProcessId: String(1000 + (at % 60_000)),
    Image: 'C:\\Windows\\System32\\cmd.exe',
    CommandLine: `cmd.exe /c "type C:\\Users\\user${at % 97}\\notes.txt" & echo ${at}`,
    CurrentDirectory: 'C:\\Users\\user\\',
    User: 'EXAMPLE\\user',
    Hashes: `SHA256=${(at * 7919).toString(16).padStart(64, '0')}`,
    ParentProcessId: String(1000 + (at % 100)),
    ParentImage: 'C:\\Windows\\explorer.exe',
    ParentCommandLine: 'C:\\Windows\\explorer.exe',
  }),
);

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const xmlLines = data.map((fields, at) => {
  const items = Object.entries(fields).map(
    ([name, value]) => `<Data Name='${name}'>${escapeXml(value)}</Data>`,
  );
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385F-C22A-43E0-BF4C-06F5698FFBD9}'/><EventID>1</EventID><Version>5</Version><Level>4</Level><Task>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='2024-05-01T10:11:12.3456789Z'/><EventRecordID>${at}</EventRecordID><Correlation/><Execution ProcessID='4704' ThreadID='2252'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>host.example.com</Computer><Security UserID='S-1-5-18'/></System><EventData>${items.join('')}</EventData></Event>`;
});
const jsonText = data
  .map((fields) => JSON.stringify({ EventID: 1, Hostname: 'host.example.com', ...fields }))
  .join('\n')
  .replaceAll('"EventID":1,', '"EventID":1,"Keywords":-9223372036854775808,');
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csvText = [
  Object.keys(data[0] ?? {}).join(','),
  ...data.map((fields) => Object.values(fields).map(quote).join(',')),
].join('\n');

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

function secondsSince(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

async function measure(format: Format, text: string): Promise<number> {
  const bytes = Buffer.from(text);
  let best = 0;
  for (let round = 0; round < 8; round++) {
    const begin = process.cpuUsage();
    let records = 0;
    for await (const items of format.read(chunksOf(bytes))) {
      for (const item of items) if (item.kind !== 'fault') records++;
    }
    if (records < EVENTS) throw new Error(`${format.name}: ${records} records of ${EVENTS}`);
    best = Math.max(best, bytes.length / secondsSince(begin) / 1e6);
  }
  return best;
}

function measureSaxes(): number {
  let best = 0;
  const lines = xmlLines.slice(0, EVENTS / 3);
  const bytes = lines.reduce((sum, line) => sum + line.length, 0);
  for (let round = 0; round < 3; round++) {
    const begin = process.cpuUsage();
    for (const line of lines)
      if (parseFullXml(line, 64).errors.length > 0) throw new Error('not well-formed');
    best = Math.max(best, bytes / secondsSince(begin) / 1e6);
  }
  return best;
}

const results: readonly (readonly [string, number])[] = [
  ['event XML', await measure(eventXml, xmlLines.join('\n'))],
  ['  its full parser alone', measureSaxes()],
  ['JSON lines', await measure(json, jsonText)],
  ['JSON array', await measure(json, `[${jsonText.replaceAll('\n', ',\n')}]`)],
  ['CSV, all cells quoted', await measure(csv, csvText)],
  ['lines of text', await measure(textLines, jsonText)],
];
for (const [name, speed] of results)
  process.stdout.write(`${name.padEnd(26)}${speed.toFixed(0).padStart(6)} MB/s\n`);
