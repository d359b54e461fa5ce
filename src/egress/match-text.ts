import { imageName } from '../lineage/image-name.ts';
import type { EgressProcess, NamedVia as Via } from './join/join-input.ts';
import type { AgainstReason, ForReason, Match, Standing, Tier } from './join/match.ts';

const vias: Readonly<Record<Via, string>> = {
  dns: 'looked its name up',
  'dns-answer': 'got its address as the answer to a name',
  'command-line': 'names it in its command line',
  script: 'named it in a script',
  download: 'marked a file as downloaded from it',
};

/** A length of time in words that are short: `46 s`, `31 min`, `2.4 h`. */
export function spanText(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000;
  if (seconds < 1) return `${Math.round(Math.abs(milliseconds))} ms`;
  if (seconds < 120) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3_600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} d`;
}

/** A difference of clocks, to the millisecond that it is measured to: `+17.350 s`. */
export function offsetText(milliseconds: number): string {
  const fraction = { minimumFractionDigits: 3, maximumFractionDigits: 3, signDisplay: 'exceptZero' } as const;
  return `${(milliseconds / 1000).toLocaleString('en-US', fraction)} s`;
}

/** What speaks for a process, as part of a sentence whose subject it is. */
export function forText(reason: ForReason): string {
  switch (reason.kind) {
    case 'same-four-values':
      return `its sensor recorded this very connection (address and port), ${spanText(reason.apart)} apart`;
    case 'same-connection-before':
      return 'an earlier request was on the same connection';
    case 'named':
      return `${vias[reason.via]}${reason.whole ? ' (the whole address)' : ''}${reason.via === 'command-line' ? '' : `, ${spanText(reason.before)} ${reason.before < 0 ? 'after' : 'before'}`}`;
    case 'connected-then':
      return `connected to the proxy then, ${spanText(reason.apart)} apart`;
    case 'user-agent':
      return 'the user agent is its own';
    case 'user':
      return 'the user of the request, or of the lease of its address, is its own';
    case 'alive-at-every-contact':
      return `was there at all ${reason.contacts} contacts of the host with it`;
    case 'first-contact-after-start':
      return `the first contact was ${spanText(reason.after)} after its start`;
  }
}

export const againstTexts: Readonly<Record<AgainstReason, string>> = {
  'user-agent-of-another-program': 'the user agent is of another program',
  'another-user': 'the proxy names another user',
  'others-recorded-not-this': 'its other connections were recorded, this was not',
};

export const tierTexts: Readonly<Record<Tier, string>> = {
  1: "the connection's own address and port",
  2: 'the process named the destination',
  3: 'host, time, and what speaks for the process besides',
};

export const standingTexts: Readonly<Record<Standing, string>> = {
  only: 'nothing speaks for another',
  likeliest: 'likeliest',
  undecided: 'undecided',
  none: 'none',
};

/** `regsvr32.exe (5128)`. */
export function processText({ image, pid }: EgressProcess): string {
  return `${image === undefined ? 'a process' : imageName(image).toLowerCase()}${pid === undefined ? '' : ` (${pid})`}`;
}

/** `tier 3, likeliest of 19`. */
export function standingText({ tier, standing, competing }: Match): string {
  if (tier === undefined) return 'no process';
  if (standing === 'only') return `tier ${tier}, ${standingTexts.only}`;
  return `tier ${tier}, ${standingTexts[standing]} ${standing === 'undecided' ? 'among' : 'of'} ${competing + 1}`;
}
