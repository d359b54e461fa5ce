/** The text that a search looks for with asterisks around it, to be marked in its rows: `search tree=*Salaries.xls*`. */
export function soughtText(search: string): string {
  const found = [...search.matchAll(/[=\s("]\*([^\s*"|]{3,200})\*/g)].at(-1)?.[1] ?? '';
  return found.replaceAll('\\\\', '\\');
}
