const PERCENT = 37;

/**
 * Halves the percent signs of a text in which the sensor wrote each twice. A text in which any run of them is odd was not
 * doubled and is given back as it is.
 */
export function halvePercents(text: string): string {
  const first = text.indexOf('%');
  if (first < 0) return text;
  for (let at = first; at >= 0; at = text.indexOf('%', at)) {
    const start = at;
    while (text.charCodeAt(at) === PERCENT) at++;
    if ((at - start) % 2 !== 0) return text;
  }
  return text.replaceAll('%%', '%');
}
