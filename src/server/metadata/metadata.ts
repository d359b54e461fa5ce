import { type Database, open, type RootDatabase } from 'lmdb';
import { AuditLog } from './audit-log.ts';
import { HistoryTable } from './history-table.ts';
import { HuntTable } from './hunt-table.ts';
import { SessionTable } from './session-table.ts';
import { TokenTable } from './token-table.ts';
import { UserTable } from './user-table.ts';

/** Tables that one environment may have. */
const mostTables = 32;

/**
 * Users, sessions, tokens, hunts, history and audit: what a server keeps beside the events. An LMDB environment, which a
 * crash leaves as it was after the last transaction, and which several processes may have open at once.
 */
export class Metadata {
  readonly users: UserTable;
  readonly sessions: SessionTable;
  readonly tokens: TokenTable;
  readonly hunts: HuntTable;
  readonly history: HistoryTable;
  readonly audit: AuditLog;
  readonly #root: RootDatabase;

  private constructor(root: RootDatabase) {
    this.#root = root;
    this.users = new UserTable(this.table('users'));
    this.sessions = new SessionTable(this.table('sessions'));
    this.tokens = new TokenTable(this.table('tokens'));
    this.hunts = new HuntTable(this.table('hunts'));
    this.history = new HistoryTable(this.table('history'));
    this.audit = new AuditLog(root.openDB({ name: 'audit', encoding: 'json', keyEncoding: 'uint32' }));
  }

  /** Opens the folder, making it where it is absent. */
  static open(folder: string): Metadata {
    return new Metadata(open({ path: folder, maxDbs: mostTables, encoding: 'json', noSubdir: false }));
  }

  /** A table of JSON values by text; for the tables of other areas. */
  table<Value>(name: string): Database<Value, string> {
    return this.#root.openDB<Value, string>({ name, encoding: 'json' });
  }

  close(): Promise<void> {
    return this.#root.close();
  }
}
