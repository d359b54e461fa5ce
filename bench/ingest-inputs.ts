import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import {
  ChunkWriter,
  evtxFile,
  numberValue,
  type TestElement,
  type TestNode,
  textValue,
} from '../test/evtx-writer.ts';

/** Milliseconds since 1970 of the first event. */
const begin = 1_692_161_670_000;

/** Sysmon's event 1 as its data says it, in order; `n` makes each event another. */
function processStart(n: number): Readonly<Record<string, string>> {
  const image = `C:\\Windows\\System32\\program ${n % 97}.exe`;
  return {
    RuleName: '-',
    UtcTime: timeOf(n).replace('T', ' ').replace('Z', ''),
    ProcessGuid: `{00000000-0000-0000-0000-${String(n).padStart(12, '0')}}`,
    ProcessId: String(4 * (n % 9000)),
    Image: image,
    CommandLine: `"${image}" --number ${n} --path "C:\\Users\\user ${n % 50}\\Documents\\file ${n}.docx"`,
    CurrentDirectory: 'C:\\Windows\\System32\\',
    User: `EXAMPLE\\user${n % 50}`,
    LogonId: `0x${(n % 5000).toString(16)}`,
    IntegrityLevel: 'Medium',
    Hashes: `SHA256=${String(n % 97).padStart(64, 'A')}`,
    ParentProcessGuid: `{00000000-0000-0000-0000-${String(n >> 3).padStart(12, '0')}}`,
    ParentProcessId: String(4 * ((n >> 3) % 9000)),
    ParentImage: 'C:\\Windows\\explorer.exe',
    ParentCommandLine: 'C:\\Windows\\explorer.exe',
  };
}

function timeOf(n: number): string {
  return new Date(begin + n * 100).toISOString();
}

function hostOf(n: number): string {
  return `ws${n % 20}.example.test`;
}

/** Sysmon events 1 in the flat form of the public datasets, as two files. */
export async function writeJsonLines(folder: string, count: number): Promise<string> {
  mkdirSync(folder);
  const files = [0, 1].map((n) => createWriteStream(join(folder, `${n}.jsonl`)));
  for (let n = 0; n < count; n++) {
    const event = {
      Hostname: hostOf(n),
      SourceName: 'Microsoft-Windows-Sysmon',
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      RecordNumber: n,
      '@timestamp': timeOf(n),
      ...processStart(n),
    };
    await write(files[n < count / 2 ? 0 : 1], `${JSON.stringify(event)}\n`);
  }
  await closed(files);
  return folder;
}

/** The same events as two logs of Windows, each chunk with its own templates, as Windows writes them. */
export async function writeEvtx(folder: string, count: number): Promise<string> {
  mkdirSync(folder);
  const template = sysmonTemplate(Object.keys(processStart(0)));
  for (const half of [0, 1]) {
    const chunks: Buffer[] = [];
    let writer = new ChunkWriter();
    let inChunk = 0;
    const end = half === 0 ? Math.ceil(count / 2) : count;
    for (let n = half === 0 ? 0 : Math.ceil(count / 2); n < end; n++) {
      // Records are below 2 KiB.
      if (writer.position > 63_000 - 2_048 && inChunk > 0) {
        chunks.push(writer.finish());
        writer = new ChunkWriter();
        inChunk = 0;
      }
      const ticks = BigInt(begin + n * 100) * 10_000n + 116_444_736_000_000_000n;
      writer.add({
        id: BigInt(n + 1),
        template,
        values: [
          numberValue(0x11, 8, ticks),
          numberValue(0x0a, 8, n + 1),
          textValue(hostOf(n)),
          ...Object.values(processStart(n)).map(textValue),
        ],
      });
      inChunk++;
    }
    chunks.push(writer.finish());
    const file = createWriteStream(join(folder, `${half}.evtx`));
    await write(file, evtxFile(chunks));
    await closed([file]);
  }
  return folder;
}

function sysmonTemplate(names: readonly string[]): TestElement {
  const element = (name: string, ...children: TestNode[]): TestElement => ({ name, children });
  const given = (name: string, attributes: Readonly<Record<string, readonly TestNode[]>>): TestElement => ({
    name,
    attributes,
  });
  const system = element(
    'System',
    given('Provider', {
      Name: ['Microsoft-Windows-Sysmon'],
      Guid: ['{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'],
    }),
    element('EventID', '1'),
    element('Version', '5'),
    element('Level', '4'),
    element('Task', '1'),
    element('Opcode', '0'),
    element('Keywords', '0x8000000000000000'),
    given('TimeCreated', { SystemTime: [{ value: 0 }] }),
    element('EventRecordID', { value: 1 }),
    given('Execution', { ProcessID: ['2000'], ThreadID: ['3000'] }),
    element('Channel', 'Microsoft-Windows-Sysmon/Operational'),
    element('Computer', { value: 2 }),
    given('Security', { UserID: ['S-1-5-18'] }),
  );
  const data = names.map(
    (name, at): TestElement => ({
      name: 'Data',
      attributes: { Name: [name] },
      children: [{ value: at + 3 }],
    }),
  );
  return {
    name: 'Event',
    attributes: { xmlns: ['http://schemas.microsoft.com/win/2004/08/events/event'] },
    children: [system, element('EventData', ...data)],
  };
}

type File = ReturnType<typeof createWriteStream>;

async function write(file: File | undefined, bytes: string | Buffer): Promise<void> {
  if (file && !file.write(bytes)) await new Promise<void>((drained) => file.once('drain', () => drained()));
}

async function closed(files: readonly File[]): Promise<void> {
  for (const file of files) file.end();
  await Promise.all(files.map((file) => finished(file)));
}
