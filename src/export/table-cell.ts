/** How cells of the table are written: safe for spreadsheets, or as they are (RFC 4180). */
export type TableForm = 'safe' | 'exact';

/** What a spreadsheet takes for the beginning of a formula; a Japanese one takes the wide forms, too. */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** Blanks at the ends are quoted, since some readers take them off. */
const needsQuotes = /[",;\r\n]|^\s|\s$/;

/** A cell; `safe` puts an apostrophe in front of whatever a spreadsheet would run as a formula. */
export function tableCell(text: string, form: TableForm): string {
  const written = form === 'safe' && formulaStart.test(text) ? `'${text}` : text;
  return needsQuotes.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}

/** Whether the form changes the text. */
export function isNeutralised(text: string): boolean {
  return formulaStart.test(text);
}
