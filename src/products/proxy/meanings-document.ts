import { type ByteMeaning, type NetworkProduct, type ProxyMeaning, proxyMeanings } from './proxy-fields.ts';

const sides = { client: 'client and proxy', server: 'proxy and next hop', wire: 'the two ends' } as const;
const counted = {
  messages: 'messages with headers',
  bodies: 'bodies',
  payload: 'payload',
  packets: 'whole packets',
} as const;
const statuses = {
  'to-client': 'what the client was sent',
  'of-server': 'what answered',
  none: '-',
} as const;
const ports = { always: 'yes', configured: 'if configured', never: 'no' } as const;
const written = {
  'end of the transaction': 'end',
  'start of the transaction': 'start',
  'either, a field says which': 'start or end',
} as const satisfies Record<ProxyMeaning['writtenAt'], string>;

const introduction = `# What proxies and firewalls count

The fields have the same names in all products (\`bytes_out\`, \`bytes_in\`, \`status\` …), and not the same meaning. \`bytes_out\` comes from
the client and goes towards the destination in all of them, \`bytes_in\` comes back. *Between* says where they were counted: what was counted between client and
proxy proves nothing of the destination by itself. In brackets: only where the log was configured to have it, so that absence says nothing.

A server's status (\`server_status\`) and the counts of the proxy's connection to it (\`server_bytes_out\`, \`server_bytes_in\`) are proof; a status to the client may be
the proxy's own. \`_time\` is the start wherever a duration tells it; *recorded time* is what the log itself has.
`;

/** `docs/proxies.md`: the table of meanings as readers have it. */
export function meaningsDocument(): string {
  const all = Object.entries(proxyMeanings) as readonly (readonly [NetworkProduct, ProxyMeaning])[];
  const bytes = table(
    [
      'product',
      'bytes_out',
      'bytes_in',
      'between',
      'what is counted',
      'to and from the next hop',
      'own reply to CONNECT',
    ],
    all.map(([product, each]) => [
      product,
      recorded(each.bytesOut),
      recorded(each.bytesIn),
      unique([each.bytesOut, each.bytesIn].map((one) => (one === undefined ? undefined : sides[one.side]))),
      unique(
        [each.bytesOut, each.bytesIn].map((one) => (one === undefined ? undefined : counted[one.counts])),
      ),
      each.serverBytesOut === undefined
        ? '-'
        : `${recorded(each.serverBytesOut)}, ${recorded(each.serverBytesIn)}`,
      each.tunnelReplyBytes === undefined ? '-' : `${each.tunnelReplyBytes} bytes of bytes_in`,
    ]),
  );
  const rest = table(
    [
      'product',
      'status',
      'recorded time',
      'a line is written at the',
      'duration',
      "client's port",
      'may sum up connections',
    ],
    all.map(([product, each]) => [
      product,
      statuses[each.status],
      each.recordedTime,
      written[each.writtenAt],
      each.durationUnit ?? '-',
      ports[each.clientPort],
      each.mayAggregate ? 'yes' : 'no',
    ]),
  );
  const notes = all.flatMap(([product, { note }]) =>
    note === undefined ? [] : [`- **${product}**: ${note}`],
  );
  return [
    introduction,
    '## Bytes\n',
    bytes,
    '\n## Status, times, ports\n',
    rest,
    '\n## Notes\n',
    ...notes,
    '',
  ].join('\n');
}

function recorded(meaning: ByteMeaning | undefined): string {
  if (meaning === undefined) return '-';
  const name = `\`${meaning.recorded}\``;
  return meaning.present === 'configured' ? `[${name}]` : name;
}

function unique(texts: readonly (string | undefined)[]): string {
  const found = [...new Set(texts.filter((text) => text !== undefined))];
  return found.length === 0 ? '-' : found.join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
