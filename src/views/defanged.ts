/**
 * A text whose addresses no program takes for links: `hxxp://a[.]example/b.hta`, `10[.]0[.]0[.]5`. Only addresses with a scheme
 * and bare IPv4 addresses are changed: file names have dots, too.
 */
export function defanged(text: string): string {
  return text
    .replace(
      /\b(https?|ftp)(:\/\/)([^\s/"'<>]{1,300})/gi,
      (_, scheme: string, slashes: string, host: string) => {
        const safe = scheme.replace(/tt/i, 'xx').replace(/^(f)t/i, '$1x');
        return safe + slashes + host.replaceAll('.', '[.]');
      },
    )
    .replace(/(?<![\d.[\]])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d.])/g, '$1[.]$2[.]$3[.]$4');
}
