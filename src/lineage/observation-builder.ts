import { kindNumbers, NO_PID, type ObservationRow, type Observations } from './observation.ts';
import { makeColumns, type ObservationColumns } from './observation-columns.ts';
import { isUnmeant, mostUnmeantBytes } from './observed-cell.ts';
import { isUsableGuid } from './start-key.ts';
import { NO_TEXT, StringPool } from './string-pool.ts';
import { TextBytes } from './text-bytes.ts';

/** Takes rows, or columns of many, in any order, and gives the columns. The same event (by id and kind) may come twice. */
export class ObservationBuilder {
  readonly texts = new StringPool();
  readonly ids = new TextBytes();
  private readonly host: string;
  /** By number of a text that was given as a GUID: the number, or none where it cannot name a process. */
  private readonly guids: (number | undefined)[] = [];
  /** By number of a text: the number, or none where it is a word for "nothing". */
  private readonly meant: (number | undefined)[] = [];
  private columns = makeColumns(1024);

  constructor(host: string) {
    this.host = host;
  }

  get length(): number {
    return this.ids.length;
  }

  add(row: ObservationRow): void {
    const at = this.ids.length;
    const columns = this.withRoom(1);
    const { texts } = this;
    const { event } = row;
    this.ids.push(event.id);
    columns.kind[at] = kindNumbers[row.kind];
    columns.time[at] = event.time;
    columns.until[at] = row.until ?? event.time;
    columns.arrival[at] = event.arrival;
    columns.pid[at] = row.pid ?? NO_PID;
    columns.parentPid[at] = row.parentPid ?? NO_PID;
    columns.product[at] = texts.intern(event.product);
    columns.eventCode[at] = texts.intern(event.eventCode);
    columns.guid[at] = this.usableGuid(texts.intern(row.guid));
    columns.image[at] = texts.intern(row.image);
    columns.commandLine[at] = texts.intern(row.commandLine);
    columns.user[at] = texts.intern(row.user);
    columns.logonId[at] = texts.intern(row.logonId);
    columns.integrityLevel[at] = texts.intern(row.integrityLevel);
    columns.hash[at] = texts.intern(row.hash);
    const parentGuid = this.usableGuid(texts.intern(row.parentGuid));
    columns.parentGuid[at] = parentGuid;
    columns.parentGuidUnusable[at] = row.parentGuid !== undefined && parentGuid === NO_TEXT ? 1 : 0;
    columns.parentImage[at] = texts.intern(row.parentImage);
    columns.parentCommandLine[at] = texts.intern(row.parentCommandLine);
    columns.parentUser[at] = texts.intern(row.parentUser);
  }

  /** The columns with room for so many more, which come to lie from `length` on. Each needs an id, too. */
  withRoom(more: number): ObservationColumns {
    const wanted = this.ids.length + more;
    const capacity = this.columns.kind.length;
    if (wanted > capacity) this.columns = makeColumns(Math.max(wanted, capacity * 2), this.columns);
    return this.columns;
  }

  /** The number of a text that was given as a GUID; `NO_TEXT` where it names no process. */
  usableGuid(number: number): number {
    if (number === NO_TEXT) return NO_TEXT;
    const known = this.guids[number];
    if (known !== undefined) return known;
    const usable = isUsableGuid(this.texts.text(number) ?? '') ? number : NO_TEXT;
    this.guids[number] = usable;
    return usable;
  }

  /** The number of a text; `NO_TEXT` where it is a word that sensors write for "nothing". */
  meantText(number: number): number {
    if (number === NO_TEXT) return NO_TEXT;
    const known = this.meant[number];
    if (known !== undefined) return known;
    const short = this.texts.bytesOf(number) <= mostUnmeantBytes;
    const meant = short && isUnmeant(this.texts.text(number) ?? '') ? NO_TEXT : number;
    this.meant[number] = meant;
    return meant;
  }

  /** The columns of what was added. The builder may go on; what was given before stays as it is. */
  finish(): Observations {
    const length = this.ids.length;
    return { host: this.host, length, texts: this.texts, ids: this.ids, ...this.columns };
  }
}
