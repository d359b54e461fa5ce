import { terminalText } from '../core/terminal-text.ts';
import type { FileAnswer, FileQuestion } from '../evidence/file-answers.ts';
import type { FileActor, FileEntry } from '../evidence/file-entry.ts';
import type { FileHistory, HostFileHistory } from '../evidence/file-history.ts';
import { fileReasonTexts } from '../evidence/file-reason.ts';
import { zoneNames } from '../evidence/zone-identifier.ts';
import { imageName } from '../lineage/image-name.ts';
import { clockText } from '../views/clock-text.ts';
import { countText } from '../views/quantity-text.ts';

const questionTexts: Readonly<Record<FileQuestion, string>> = {
  created: 'created',
  downloaded: 'downloaded',
  run: 'run or loaded',
  renamed: 'renamed',
  deleted: 'deleted',
};

const answerTexts: Readonly<Record<FileAnswer['kind'], string>> = {
  yes: 'yes',
  no: 'no',
  'not-collected': 'not collected',
  'not-certain': 'not certain',
};

/** Entries that an answer shows; the list below has all. */
const mostShown = 3;

/** The history as text, a line at a time: for each host the answers, then what happened, in order of time. */
export function* fileText({ hosts }: FileHistory, timezone: string): Generator<string> {
  for (const [at, host] of hosts.entries()) {
    if (at > 0) yield '';
    yield* hostText(host, timezone);
  }
}

function* hostText({ host, entries, answers }: HostFileHistory, timezone: string): Generator<string> {
  const paths = new Map<string, string>();
  for (const { path } of entries) if (path !== undefined) paths.set(path.toLowerCase(), path);
  yield `${terminalText([...paths.values()].slice(0, mostShown).join(', ') || 'named only')}${paths.size > mostShown ? `, and ${countText(paths.size - mostShown)} more paths` : ''}`;
  yield `  on ${terminalText(host)}; times are ${timezone}`;
  yield '';
  for (const question of Object.keys(questionTexts) as readonly FileQuestion[])
    yield `  ${questionTexts[question].padEnd(13)}  ${terminalText(answerText(answers[question], entries, timezone))}`;
  yield '';
  for (const entry of entries)
    yield `${clockText(entry.time, timezone)}  ${entry.role.padEnd(12)}  ${terminalText(`${who(entry.actor)}${entry.summary}`)}`;
}

function who(actor: FileActor): string {
  const name = actorName(actor);
  return name === undefined ? '' : `${name} `;
}

/** `rundll32.exe (9404)`; undefined where the event names no process. */
export function actorName({ image, pid }: FileActor): string | undefined {
  if (image === undefined) return pid === undefined ? undefined : `process ${pid}`;
  return pid === undefined ? imageName(image) : `${imageName(image)} (${pid})`;
}

function answerText(answer: FileAnswer, entries: readonly FileEntry[], timezone: string): string {
  if (answer.kind !== 'yes') {
    const reasons = fileReasonTexts(answer.reasons, (time) => clockText(time, timezone));
    return `${answerTexts[answer.kind]}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`;
  }
  const found = answer.entries.flatMap((at) => entries[at] ?? []);
  const shown = found.slice(0, mostShown).map((entry) => entryText(entry, timezone));
  const more = found.length > mostShown ? `; and ${countText(found.length - mostShown)} more times` : '';
  return `${answerTexts.yes}: ${shown.join('; ')}${more}`;
}

function entryText({ time, actor, zone, role }: FileEntry, timezone: string): string {
  const name = actorName(actor);
  const from = zone?.hostUrl === undefined ? '' : `, from ${zone.hostUrl}`;
  const referrer = zone?.referrerUrl === undefined ? '' : `, referred by ${zone.referrerUrl}`;
  const zoneName = zone?.zone === undefined ? '' : `, zone ${zoneNames[zone.zone] ?? zone.zone}`;
  const loaded = role === 'loaded' ? ' loaded it' : '';
  return `${clockText(time, timezone)}${name === undefined ? '' : ` by ${name}`}${loaded}${from}${referrer}${zoneName}`;
}
