/** Whether a process runs as somebody else than its parent. Sensors write a name with and without its domain. */
export function changesUser(user: string | undefined, above: string | undefined): boolean {
  if (user === undefined) return false;
  return shortUser(user).toLowerCase() !== shortUser(above ?? '').toLowerCase();
}

/** Without the domain, which is in the panel. */
export function shortUser(user: string): string {
  const slash = user.lastIndexOf('\\');
  return slash >= 0 && slash < user.length - 1 ? user.slice(slash + 1) : user;
}
