/** A GUID in lower case without braces; a text that has another length is only lowered. */
export function plainGuid(text: string): string {
  return (text.length === 38 && text.charCodeAt(0) === 123 ? text.slice(1, 37) : text).toLowerCase();
}
