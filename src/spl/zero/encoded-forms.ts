/** Fewer letters or digits than this are found in any long base64 text by chance. */
const shortestBase64 = 6;

/** Ways in which letters may be cased in a text that is compared byte by byte. */
function cased(text: string): readonly string[] {
  const capital = text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
  return [...new Set([text, text.toLowerCase(), text.toUpperCase(), capital])];
}

/**
 * What stands in a base64 text wherever these bytes stand in what was encoded: three bytes become four characters, so there
 * are three forms, less the characters at both ends that depend on the bytes beside.
 */
export function base64Alignments(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const whole = (before + bytes.length) % 3 === 0;
    const inner = encoded.slice([0, 2, 3][before], whole ? encoded.length : -1);
    return inner.length < shortestBase64 ? [] : [inner];
  });
}

/** The base64 forms of a text: of its UTF-16LE bytes, as PowerShell takes them, and of its UTF-8 bytes. */
export function base64Forms(text: string): readonly string[] {
  const forms = cased(text).flatMap((each) => [
    ...base64Alignments(Buffer.from(each, 'utf16le')),
    ...base64Alignments(Buffer.from(each, 'utf8')),
  ]);
  return [...new Set(forms)];
}

/** Forms, in lower case, in which UTF-16 stands in a text: with NUL between, as JSON writes that, and in hexadecimal. */
export function utf16Forms(text: string): readonly string[] {
  const forms: string[] = [];
  for (const each of [text.toLowerCase(), ...cased(text)]) {
    const bytes = Buffer.from(each, 'utf16le');
    const hexadecimal = bytes.toString('hex');
    forms.push(
      hexadecimal,
      (hexadecimal.match(/../g) ?? []).join('-'),
      (hexadecimal.match(/../g) ?? []).join(' '),
    );
  }
  if (/^[\x20-\x7e]*$/.test(text)) {
    const letters = [...text.toLowerCase()];
    forms.push(letters.join('\0'), letters.join('\\u0000'), letters.join('\\x00'));
  }
  return [...new Set(forms)];
}

const xmlNames: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

/** How a record's own syntax writes a text: XML, JSON, JSON in ASCII alone; and the text that a written form stands for. */
export function writtenForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const forms = [
    text.replace(/[&<>"']/g, (found) => `&${xmlNames[found]};`),
    text.replace(/[&<>"]/g, (found) => `&${xmlNames[found]};`),
    text.replace(/[&<>]/g, (found) => `&${xmlNames[found]};`),
    json,
    inAscii(json),
    text.replaceAll('"', '""'),
    text.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => xmlCharacters.get(name) ?? whole),
    text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  ];
  return [...new Set(forms)].filter((form) => form !== text && !/\p{Surrogate}/u.test(form));
}

const xmlCharacters = new Map(Object.entries(xmlNames).map(([character, name]) => [name, character]));

function inAscii(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
