/** A text in which no address can be clicked: `hxxp://cdn-sync[.]example/a.hta`. */
export function defang(text: string): string {
  return text
    .replace(/\b(h)tt(ps?)(?=:\/\/)/gi, '$1xx$2')
    .replace(/\b(ft)p(?=:\/\/)/gi, '$1x')
    .replace(/(?<=:\/\/)[^\s/?#"'<>]+/g, (host) => host.replaceAll('.', '[.]'))
    .replace(/\b(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\b/g, '$1[.]$2[.]$3[.]$4');
}
