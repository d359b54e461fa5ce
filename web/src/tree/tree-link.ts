import { isSetIn, type RawLink, textIn, wholeNumberIn, withoutGaps } from '../frame/link-values.ts';

/** The whole state of the tree page as it stands in the address. */
export interface TreeLink {
  readonly host?: string;
  /** What is asked for: one of match, pid (with `at`), guid, id, around (with `minutes`); none is the whole host. */
  readonly match?: string;
  readonly pid?: number;
  readonly at?: string;
  readonly guid?: string;
  readonly id?: string;
  readonly around?: string;
  readonly minutes?: number;
  /** Only what had arrived by then. */
  readonly asof?: string;
  /** The selected process and the one that is made the root, as `processKey` names them. */
  readonly sel?: string;
  readonly root?: string;
  readonly find?: string;
  /** Number of the current hit, from 1. */
  readonly hit?: number;
  readonly flagged?: true;
  readonly doubtful?: true;
  readonly grade?: number;
  /** Time that the tree is narrowed to, epoch milliseconds: `from-to`. */
  readonly time?: string;
  /** Alike siblings are not folded. */
  readonly unfold?: true;
  /** Branches that differ from the initial state, as `openCode` writes them. */
  readonly open?: string;
  /** The event that is shown as recorded; `1` for the selected process's first. */
  readonly raw?: string;
  /** The panel is closed. */
  readonly bare?: true;
}

export function readTreeLink(raw: RawLink): TreeLink {
  return withoutGaps({
    host: textIn(raw, 'host'),
    match: textIn(raw, 'match'),
    pid: wholeNumberIn(raw, 'pid'),
    at: textIn(raw, 'at'),
    guid: textIn(raw, 'guid'),
    id: textIn(raw, 'id'),
    around: textIn(raw, 'around'),
    minutes: wholeNumberIn(raw, 'minutes'),
    asof: textIn(raw, 'asof'),
    sel: textIn(raw, 'sel'),
    root: textIn(raw, 'root'),
    find: textIn(raw, 'find'),
    hit: wholeNumberIn(raw, 'hit'),
    flagged: isSetIn(raw, 'flagged'),
    doubtful: isSetIn(raw, 'doubtful'),
    grade: wholeNumberIn(raw, 'grade'),
    time: textIn(raw, 'time'),
    unfold: isSetIn(raw, 'unfold'),
    open: textIn(raw, 'open'),
    raw: textIn(raw, 'raw'),
    bare: isSetIn(raw, 'bare'),
  });
}

/** What the server is asked for: the selection and the moment, without what only the page needs. */
export type TreeSelection = Pick<
  TreeLink,
  'host' | 'match' | 'pid' | 'at' | 'guid' | 'id' | 'around' | 'minutes' | 'asof'
>;

export function selectionOf(link: TreeLink): TreeSelection {
  const { host, match, pid, at, guid, id, around, minutes, asof } = link;
  return withoutGaps({ host, match, pid, at, guid, id, around, minutes, asof });
}
