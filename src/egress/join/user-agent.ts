const nobody: readonly string[] = [];

/** Programs by what they call themselves; the first that is found counts, since browsers name each other. */
const programs: readonly (readonly [pattern: RegExp, images: readonly string[]])[] = [
  [/\bEdgA?\//, ['msedge.exe', 'msedgewebview2.exe']],
  [/\bOPR\//, ['opera.exe']],
  [/\bVivaldi\//, ['vivaldi.exe']],
  [/\bFirefox\//, ['firefox.exe']],
  [/WindowsPowerShell|\bPowerShell\//, ['powershell.exe', 'powershell_ise.exe', 'pwsh.exe']],
  [
    /Microsoft Office|Microsoft Outlook|\bMSOffice\b/,
    ['winword.exe', 'excel.exe', 'powerpnt.exe', 'outlook.exe', 'onenote.exe'],
  ],
  [/\bElectron\//, []],
  [/\bChrome\//, ['chrome.exe', 'brave.exe']],
  [/^curl\//, ['curl.exe']],
  [/^Wget\//, ['wget.exe']],
  [/CertUtil URL Agent/, ['certutil.exe']],
  [/Microsoft BITS|Windows-Update-Agent|Delivery-Optimization/, ['svchost.exe']],
  [/python-(requests|urllib|httpx)|aiohttp/i, ['python.exe', 'pythonw.exe', 'python3.exe']],
  [/^Java\/|Apache-HttpClient/, ['java.exe', 'javaw.exe']],
  [/^git\//, ['git.exe', 'git-remote-https.exe', 'git-remote-http.exe']],
];

/**
 * The file names of the program that a user agent is of, in lower case; none where it is of no one program that is known. The same
 * list for all of one program. A user agent is a claim: malware copies those of browsers.
 */
export function imagesOfUserAgent(userAgent: string): readonly string[] {
  for (const [pattern, images] of programs) if (pattern.test(userAgent)) return images;
  return nobody;
}

/** A user's name without its domain, in lower case. */
export function plainUser(user: string): string {
  const lower = user.toLowerCase();
  const name = lower.slice(lower.lastIndexOf('\\') + 1);
  const at = name.indexOf('@');
  return at > 0 ? name.slice(0, at) : name;
}
