/** Escapes a text for the content of an element. Control characters stay as they are, as in the XML that Windows gives. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, entityOf) : text;
}

/** Escapes a text for an attribute in single quotes. */
export function escapeAttribute(text: string): string {
  return /[&<>']/.test(text) ? text.replace(/[&<>']/g, entityOf) : text;
}

function entityOf(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    default:
      return '&apos;';
  }
}
