/** What the system calls that are looked at do. */
export type AuditCall =
  | 'exec'
  | 'fork'
  | 'clone'
  | 'exit'
  | 'connect'
  | 'accept'
  | 'create'
  | 'open'
  | 'delete'
  | 'rename'
  | 'trace'
  | 'load';

type Numbers = Readonly<Record<string, AuditCall>>;

/** Names as an enriched log has them. `exit` ends a thread, and is none of them; `clone3` makes mostly threads. */
const byName: Numbers = {
  execve: 'exec',
  execveat: 'exec',
  fork: 'fork',
  vfork: 'fork',
  clone: 'clone',
  exit_group: 'exit',
  connect: 'connect',
  accept: 'accept',
  accept4: 'accept',
  creat: 'create',
  open: 'open',
  openat: 'open',
  openat2: 'open',
  unlink: 'delete',
  unlinkat: 'delete',
  rename: 'rename',
  renameat: 'rename',
  renameat2: 'rename',
  ptrace: 'trace',
  init_module: 'load',
  finit_module: 'load',
};

const x86_64: Numbers = {
  59: 'exec',
  322: 'exec',
  57: 'fork',
  58: 'fork',
  56: 'clone',
  231: 'exit',
  42: 'connect',
  43: 'accept',
  288: 'accept',
  85: 'create',
  2: 'open',
  257: 'open',
  437: 'open',
  87: 'delete',
  263: 'delete',
  82: 'rename',
  264: 'rename',
  316: 'rename',
  101: 'trace',
  175: 'load',
  313: 'load',
};

const aarch64: Numbers = {
  221: 'exec',
  281: 'exec',
  220: 'clone',
  94: 'exit',
  203: 'connect',
  202: 'accept',
  242: 'accept',
  56: 'open',
  437: 'open',
  35: 'delete',
  38: 'rename',
  276: 'rename',
  117: 'trace',
  105: 'load',
  273: 'load',
};

const i386: Numbers = {
  11: 'exec',
  358: 'exec',
  2: 'fork',
  190: 'fork',
  120: 'clone',
  252: 'exit',
  362: 'connect',
  364: 'accept',
  8: 'create',
  5: 'open',
  295: 'open',
  10: 'delete',
  301: 'delete',
  38: 'rename',
  302: 'rename',
  26: 'trace',
  128: 'load',
  350: 'load',
};

/** By the audit system's number of the machine. */
const byMachine: Readonly<Record<string, Numbers>> = {
  c000003e: x86_64,
  c00000b7: aarch64,
  '40000003': i386,
};

/** What a system call does, by its name (enriched logs) or by machine and number. */
export function auditCall(name: string | undefined, machine: string, number: string): AuditCall | undefined {
  const named = name !== undefined && Object.hasOwn(byName, name) ? byName[name] : undefined;
  if (named !== undefined) return named;
  const numbers = Object.hasOwn(byMachine, machine) ? byMachine[machine] : undefined;
  return numbers !== undefined && Object.hasOwn(numbers, number) ? numbers[number] : undefined;
}

/** Whether a clone makes a thread of the same process, by its flags (CLONE_THREAD). */
export function isThread(flags: string): boolean {
  return /^[0-9a-f]{1,16}$/i.test(flags) && (BigInt(`0x${flags}`) & 0x10000n) !== 0n;
}
