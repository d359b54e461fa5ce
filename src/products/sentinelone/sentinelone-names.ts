import type { Said } from '../edr/edr-record.ts';

/** Names of members where the older one is not made by the rule below. */
const olderNames: Readonly<Record<string, readonly string[]>> = {
  'agent.uuid': ['agentUuid', 'AgentUuid'],
  'endpoint.name': ['agentName', 'endpointName', 'EndpointName', 'AgentName'],
  'endpoint.os': ['agentOs', 'endpointOs', 'EndpointOS'],
  'event.time': ['eventTime', 'EventTime', 'createdAt'],
  'event.type': ['eventType', 'EventType'],
  'src.ip.address': ['srcIp', 'SrcIP'],
  'src.port.number': ['srcPort', 'SrcPort'],
  'dst.ip.address': ['dstIp', 'DstIP'],
  'dst.port.number': ['dstPort', 'DstPort'],
  'event.network.direction': ['netEventDirection', 'NetEventDirection', 'direction'],
  'event.network.protocolName': ['netProtocolName', 'NetProtocolName'],
  'event.dns.request': ['dnsRequest', 'DNSRequest', 'DnsRequest'],
  'event.dns.response': ['dnsResponse', 'DNSResponse', 'DnsResponse'],
  'url.address': ['networkUrl', 'NetworkUrl'],
  'registry.keyPath': ['registryKeyPath', 'RegistryKeyPath'],
  'registry.value': ['registryValue', 'RegistryValue'],
  'module.path': ['modulePath', 'ModulePath'],
  'event.login.userName': ['loginsUserName', 'LoginsUserName'],
};

/** Parts of names that the older names shorten. */
const shortened: readonly (readonly [RegExp, string])[] = [
  [/^src\.process\.parent\./, 'srcProcParent.'],
  [/^src\.process\./, 'srcProc.'],
  [/^tgt\.process\./, 'tgtProc.'],
  [/^osSrc\.process\./, 'osSrcProc.'],
  [/^tgt\.file\./, 'tgtFile.'],
  [/\.cmdline$/, '.cmdLine'],
  [/\.image\.path$/, '.imagePath'],
  [/\.image\.(md5|sha1|sha256)$/, '.image.$1'],
  [/\.storyline\.id$/, '.storylineId'],
];

const known = new Map<string, readonly string[]>();

/** A member's names: as Deep Visibility has it now, and before (`srcProcUid`, in some exports `SrcProcUid`). */
function namesOf(name: string): readonly string[] {
  let names = known.get(name);
  if (names === undefined) {
    let older = name;
    for (const [part, short] of shortened) older = older.replace(part, short);
    const camel = older.replace(/\.(\w)/g, (_dot, letter: string) => letter.toUpperCase());
    const pascal = camel.charAt(0).toUpperCase() + camel.slice(1);
    names = [name, ...(olderNames[name] ?? [camel, pascal])];
    known.set(name, names);
  }
  return names;
}

/** Reads members by their present names, under whichever name the export has them. Only names of this product's own are asked for. */
export function deepVisibility(said: Said): Said {
  return (name) => {
    for (const each of namesOf(name)) {
      const text = said(each);
      if (text !== undefined) return text;
    }
    return undefined;
  };
}
