import { sameCommandLine } from './content.ts';
import { sameAccount, sameIntegrity } from './field-agreement.ts';
import type { LinkContext } from './link-context.ts';
import { eventReference, kindNumbers, type TextColumn } from './observation.ts';
import type { Disagreement } from './process.ts';
import { NONE } from './process-table.ts';
import { NO_TEXT } from './string-pool.ts';

type Same = (context: LinkContext, one: number, other: number) => boolean;

const byImage: Same = ({ images }, one, other) => images.agree(one, other) !== false;
const byText: Same = ({ observations: { texts } }, one, other) =>
  texts.text(one)?.toLowerCase() === texts.text(other)?.toLowerCase();

/** What is compared between the events of a process, and how. */
const compared: readonly (readonly [field: string, column: TextColumn, same: Same])[] = [
  ['image', 'image', byImage],
  [
    'commandLine',
    'commandLine',
    ({ observations: { texts } }, one, other) => sameCommandLine(texts, one, other) !== false,
  ],
  [
    'user',
    'user',
    ({ observations: { texts } }, one, other) => sameAccount(texts.text(one) ?? '', texts.text(other) ?? ''),
  ],
  ['logonId', 'logonId', byText],
  [
    'integrityLevel',
    'integrityLevel',
    ({ observations: { texts } }, one, other) =>
      sameIntegrity(texts.text(one) ?? '', texts.text(other) ?? ''),
  ],
  ['hash', 'hash', byText],
  ['parentGuid', 'parentGuid', byText],
  ['parentImage', 'parentImage', byImage],
  [
    'parentCommandLine',
    'parentCommandLine',
    ({ observations: { texts } }, one, other) => sameCommandLine(texts, one, other) !== false,
  ],
];

/**
 * The account of a process, with its domain where an event gives it. Security calls services by the account of the computer;
 * where another sensor tells which one it is, that is shown.
 */
export function accountOf(context: LinkContext, process: number): string | undefined {
  const { observations, table } = context;
  let known = observations.texts.text(table.user[process] as number);
  for (
    let at = table.firstObservation[process] as number;
    at !== NONE && (known === undefined || !isFull(known));
    at = table.nextObservation[at] as number
  ) {
    const user = observations.texts.text(observations.user[at] as number);
    if (user === undefined || !sameAccount(user, known ?? '')) continue;
    if (isFull(user) || (user.includes('\\') && known?.includes('\\') === false)) known = user;
  }
  return known;
}

/** With its domain, and not the account of the computer. */
function isFull(account: string): boolean {
  return account.includes('\\') && !account.endsWith('$');
}

/** Images that a process had before its last, where one sensor saw it started more than once (exec). */
export function earlierImagesOf(context: LinkContext, process: number): readonly string[] {
  const { observations, table } = context;
  const { kind, image, texts } = observations;
  const earlier: string[] = [];
  const shown = table.image[process] as number;
  for (
    let at = table.firstObservation[process] as number;
    at !== NONE;
    at = table.nextObservation[at] as number
  ) {
    if (
      kind[at] !== kindNumbers.start ||
      image[at] === shown ||
      context.images.agree(image[at] as number, shown) !== false
    )
      continue;
    const text = texts.text(image[at] as number);
    if (text !== undefined && isOfPrimary(context, process, at) && earlier.at(-1) !== text)
      earlier.push(text);
  }
  return earlier;
}

/** Whether an event comes from the sensor that told the image which is shown. */
function isOfPrimary({ observations, table }: LinkContext, process: number, at: number): boolean {
  const { kind, image, product } = observations;
  for (
    let each = table.firstObservation[process] as number;
    each !== NONE;
    each = table.nextObservation[each] as number
  )
    if (
      kind[each] === kindNumbers.start &&
      image[each] === table.image[process] &&
      product[each] === product[at]
    )
      return true;
  return false;
}

/** Fields on which the events of a process disagree. A program that another took the place of disagrees with nothing. */
export function disagreementsOf(context: LinkContext, process: number): readonly Disagreement[] {
  const found: Disagreement[] = [];
  for (const [field, column, same] of compared) {
    if (!saysSeveral(context, process, column)) continue;
    const values = differing(context, process, column, same);
    if (values.length > 1) found.push(disagreement(context, field, column, values));
  }
  const pids = differingParentPids(context, process);
  if (pids.length > 1)
    found.push({
      field: 'parentPid',
      values: pids.map((at) => ({
        value: String(context.observations.parentPid[at]),
        event: eventReference(context.observations, at),
      })),
    });
  return found;
}

function disagreement(
  context: LinkContext,
  field: string,
  column: TextColumn,
  at: readonly number[],
): Disagreement {
  const { observations } = context;
  return {
    field,
    values: at.map((each) => ({
      value: observations.texts.text(observations[column][each] as number) ?? '',
      event: eventReference(observations, each),
    })),
  };
}

/** Whether the events of a process say more than one text of a field. */
function saysSeveral({ observations, table }: LinkContext, process: number, column: TextColumn): boolean {
  const values = observations[column];
  let first = NO_TEXT;
  for (
    let at = table.firstObservation[process] as number;
    at !== NONE;
    at = table.nextObservation[at] as number
  ) {
    const value = values[at] as number;
    if (value === NO_TEXT || value === first) continue;
    if (first !== NO_TEXT) return true;
    first = value;
  }
  return false;
}

/** The first events that say something of a field and something else than those before. */
function differing(context: LinkContext, process: number, column: TextColumn, same: Same): readonly number[] {
  const { observations, table } = context;
  const values = observations[column];
  const found: number[] = [];
  const exec =
    (column === 'image' || column === 'commandLine' || column === 'hash') &&
    earlierImagesOf(context, process).length > 0;
  if (exec) return found;
  for (
    let at = table.firstObservation[process] as number;
    at !== NONE;
    at = table.nextObservation[at] as number
  ) {
    const value = values[at] as number;
    if (value !== NO_TEXT && found.every((other) => !same(context, values[other] as number, value)))
      found.push(at);
  }
  return found;
}

function differingParentPids({ observations, table }: LinkContext, process: number): readonly number[] {
  const { parentPid } = observations;
  const found: number[] = [];
  for (
    let at = table.firstObservation[process] as number;
    at !== NONE;
    at = table.nextObservation[at] as number
  ) {
    const pid = parentPid[at] as number;
    if (pid >= 0 && found.every((other) => parentPid[other] !== pid)) found.push(at);
  }
  return found;
}
