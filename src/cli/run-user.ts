import { userInfo } from 'node:os';
import { makeFolder } from '../core/make-folder.ts';
import { terminalText } from '../core/terminal-text.ts';
import { passwordSchema, type Role, userNameSchema } from '../server/contracts/session.ts';
import { Metadata } from '../server/metadata/metadata.ts';
import { metadataFolder } from '../server/metadata/metadata-folder.ts';
import type { UserRefusal } from '../server/metadata/user-table.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';
import { readPassword } from './read-password.ts';
import { storeLocation } from './store-location.ts';
import { writeOut } from './write-out.ts';

export interface UserOptions {
  readonly store?: string;
  readonly role?: Role;
}

export async function addUser(name: string, { role = 'analyst', ...options }: UserOptions): Promise<void> {
  checkName(name);
  await withMetadata(options, async (metadata) => {
    if (metadata.users.isEmpty && role !== 'admin') {
      throw new CommandFailure(
        'keizu: the first user has to be an admin.\n  Give --role admin.',
        exitStatus.wrongUsage,
      );
    }
    if (metadata.users.find(name)) throw refusal('exists', name);
    const added = await metadata.users.add(name, role, await newPassword());
    if (typeof added === 'string') throw refusal(added, name);
    await note(metadata, `added user ${name}, ${role}`);
    await writeOut(process.stdout, `added ${name}, ${role}\n`);
  });
}

export async function changePassword(name: string, options: UserOptions): Promise<void> {
  await withMetadata(options, async (metadata) => {
    if (!metadata.users.find(name)) throw refusal('absent', name);
    const changed = await metadata.users.change(name, { password: await newPassword() });
    if (typeof changed === 'string') throw refusal(changed, name);
    await metadata.sessions.endAllOf(name);
    await note(metadata, `changed user ${name}: password`);
    await writeOut(process.stdout, `${name} has a new password\n`);
  });
}

export async function removeUser(name: string, options: UserOptions): Promise<void> {
  await withMetadata(options, async (metadata) => {
    const removed = await metadata.users.remove(name);
    if (removed !== 'removed') throw refusal(removed, name);
    await metadata.sessions.endAllOf(name);
    await metadata.tokens.removeAllOf(name);
    await note(metadata, `removed user ${name}`);
    await writeOut(process.stdout, `removed ${name}\n`);
  });
}

export async function listUsers(options: UserOptions): Promise<void> {
  await withMetadata(options, async ({ users }) => {
    const lines = users.list().map(({ name, role, lastSignIn }) => {
      const last = lastSignIn === null ? 'never' : new Date(lastSignIn).toISOString();
      return `${name.padEnd(24)} ${role.padEnd(8)} last signed in: ${last}\n`;
    });
    await writeOut(process.stdout, lines.length === 0 ? 'no users\n' : lines.join(''));
  });
}

/** Opens the metadata of a store, which several processes may have open at once. */
async function withMetadata(options: UserOptions, use: (metadata: Metadata) => Promise<void>): Promise<void> {
  const directory = storeLocation(options.store);
  if (directory.includes('://')) {
    throw new CommandFailure(
      `keizu: users belong to a folder, not ${terminalText(directory)}.\n  Give --store a folder.`,
      exitStatus.wrongUsage,
    );
  }
  makeFolder(directory);
  const metadata = Metadata.open(metadataFolder(directory));
  try {
    await use(metadata);
  } finally {
    await metadata.close();
  }
}

async function note({ audit }: Metadata, subject: string): Promise<void> {
  await audit.add({
    user: `${userInfo().username} (command line)`,
    action: 'change',
    subject,
    address: 'local',
  });
}

async function newPassword(): Promise<string> {
  const password = await readPassword();
  const checked = passwordSchema.safeParse(password);
  if (checked.success) return password;
  throw new CommandFailure(`keizu: ${checked.error.issues[0]?.message ?? 'not a password'}.`);
}

function checkName(name: string): void {
  const checked = userNameSchema.safeParse(name);
  if (checked.success) return;
  const reason = checked.error.issues[0]?.message ?? 'not a name';
  throw new CommandFailure(`keizu: ${terminalText(name)}: ${reason}.`, exitStatus.wrongUsage);
}

const refusals: Readonly<Record<UserRefusal, (name: string) => string>> = {
  exists: (name) => `there is a user ${name} already`,
  absent: (name) => `there is no user ${name}`,
  'last-admin': (name) => `${name} is the last admin`,
};

function refusal(why: UserRefusal, name: string): CommandFailure {
  return new CommandFailure(`keizu: ${refusals[why](terminalText(name))}.`);
}
