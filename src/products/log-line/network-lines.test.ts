import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { jsonRecord } from '../../../test/windows-records.ts';
import { formatTicks, parseIsoTicks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import { proxyMeanings } from '../proxy/proxy-fields.ts';
import { eventOf } from '../registry.ts';

const read = (raw: string) => mapped({ kind: 'text', raw, offset: 0 });
const readAt = (raw: string, arrival: string): Event => {
  const event = eventOf(
    { kind: 'text', raw, offset: 0 },
    { arrival: parseIsoTicks(arrival) ?? 0n, origin: 'x.log' },
  );
  if ('kind' in event) throw new Error(event.message);
  return event;
};
const header = '<134>May 14 09:42:31 Gate01 ';

describe('DHCP', () => {
  test('Windows: who got which address, in local time', () => {
    expect(
      read(
        '10,05/14/24,09:42:31,Assign,10.20.3.41,WS41.corp.example,00155D0A1B2C,,2862,0,,,,0x4D53,MSFT,,,,0',
      ),
    ).toMatchObject({
      product: 'windows-dhcp',
      timeSource: 'Date Time (local, zone unknown)',
      fields: {
        dhcp_action: 'leased',
        action: 'added',
        dest_ip: '10.20.3.41',
        dest_host: 'ws41.corp.example',
        dest_mac: '00:15:5d:0a:1b:2c',
        signature_id: '10',
        signature: 'Assign',
      },
    });
    expect(read('00,05/14/24,09:42:31,Started,,,,,0,6,,,,,,,,,0').fields.dhcp_action).toBeUndefined();
  });

  test('Windows’ log of IPv6 has other columns', () => {
    const line = (word: string) =>
      read(
        `11004,05/14/24,09:42:31,${word},2001:db8::41,WS41.corp.example,0,14,0001000124A1B2C300155D0A1B2C,CORP\\wally,,,`,
      );
    const { fields } = line('DHCPV6 Renew');
    expect(fields).toMatchObject({
      dest_ip: '2001:db8::41',
      dest_host: 'ws41.corp.example',
      dhcp_duid: '0001000124a1b2c300155d0a1b2c',
      dhcp_action: 'renewed',
    });
    expect(fields.dest_mac).toBeUndefined();
    expect(fields.transaction_id).toBeUndefined();
    expect(fields.user).not.toBe('14');
    expect(line('更新').fields.dhcp_action).toBeUndefined();
  });

  test('dhcpd and dnsmasq', () => {
    expect(
      read(`${header}dhcpd[7]: DHCPACK on 10.20.3.41 to 00:15:5d:0a:1b:2c (WS41) via eth0`),
    ).toMatchObject({
      product: 'dhcp',
      host: 'gate01',
      fields: {
        dhcp_action: 'leased',
        dest_ip: '10.20.3.41',
        dest_host: 'ws41',
        dest_mac: '00:15:5d:0a:1b:2c',
      },
    });
    expect(
      read(`${header}dnsmasq-dhcp[7]: DHCPACK(eth0) 10.20.3.41 00:15:5d:0a:1b:2c ws41`).fields,
    ).toMatchObject({ dhcp_action: 'leased', dest_host: 'ws41' });
  });
});

describe('Windows’ DNS debug log', () => {
  const line = (date: string, way: string, rest: string) =>
    `${date} 0A3C PACKET  000000E9B5A012F0 UDP ${way} 10.20.3.41      5b2a ${rest}      (6)roster(7)example(3)net(0)`;

  test('a query of a client and the answer to it', () => {
    const query = read(line('5/14/2024 9:42:31 PM', 'Rcv', '  Q [0001   D   NOERROR] A'));
    expect(query).toMatchObject({
      product: 'windows-dns',
      eventClass: 'dns',
      fields: { src_ip: '10.20.3.41', query: 'roster.example.net', record_type: 'A', message_type: 'Query' },
    });
    expect(formatTicks(query.time, 0)).toBe('2024-05-14T21:42:31Z');
    expect(query.fields.reply_code).toBeUndefined();
    const answer = read(line('14.05.2024 21:42:31', 'Snd', 'R Q [8385 A DR NXDOMAIN] A'));
    expect(answer.fields).toMatchObject({
      src_ip: '10.20.3.41',
      reply_code: 'NXDOMAIN',
      message_type: 'Response',
    });
    expect(answer.time).toBe(query.time);
  });

  test('what the server asks a forwarder is not the client’s', () => {
    const { fields } = read(line('20240514 21:42:31', 'Snd', '  Q [0001   D   NOERROR] AAAA'));
    expect(fields).toMatchObject({ dest_ip: '10.20.3.41' });
    expect(fields.src_ip).toBeUndefined();
  });

  test.each([
    // Of the regions that have the month first, the clock has twelve hours.
    ['04/05/2024 21:42:31', '2024-05-04T21:42:31Z', true],
    ['4/5/2024 9:42:31 PM', '2024-04-05T21:42:31Z', false],
    ['05/14/2024 21:42:31', '2024-05-14T21:42:31Z', false],
    ['24/05/14 21:42:31', '2024-05-14T21:42:31Z', true],
    ['14/05/24 21:42:31', '2024-05-14T21:42:31Z', true],
    ['2024/05/14 午後 9:42:31', '2024-05-14T21:42:31Z', false],
    ['2024/05/14 午前 0:42:31', '2024-05-14T00:42:31Z', false],
  ])('%s, and where the order is a guess', (date, expected, isGuess) => {
    const event = readAt(line(date, 'Rcv', '  Q [0001   D   NOERROR] A'), '2026-01-01T00:00:00Z');
    expect(formatTicks(event.time, 0)).toBe(expected);
    expect(event.timeSource.includes('guess')).toBe(isGuess);
  });

  test('of two days, the one before the arrival', () => {
    const raw = line('05/04/2024 21:42:31', 'Rcv', '  Q [0001   D   NOERROR] A');
    expect(formatTicks(readAt(raw, '2024-05-05T00:00:00Z').time, 0)).toBe('2024-05-04T21:42:31Z');
  });
});

describe('Cisco’s web security appliance', () => {
  const line = (result: string, method: string, url: string, decision: string) =>
    `${header}accesslogs: Info: 1715679751.412 1204 10.20.3.41 ${result} 3464 ${method} ${url} "CORP\\wally@realm" DIRECT/198.51.100.10 - ${decision}-Corp-Id-NONE-NONE-NONE-DefaultGroup-NONE <"IW_shop",9.2,1,"-",-> - "Mozilla"`;

  test('a tunnel, with the start as the time', () => {
    const event = read(line('TCP_MISS/200', 'CONNECT', 'tunnel://roster.example.net:443/', 'ALLOW_WBRS_12'));
    expect(event).toMatchObject({
      product: 'cisco-wsa',
      host: 'gate01',
      fields: {
        url: 'roster.example.net:443',
        dest: 'roster.example.net',
        dest_ip: '198.51.100.10',
        user: 'wally@realm',
        action: 'allowed',
        error_code: 'ALLOW_WBRS_12',
        category: 'IW_shop',
        bytes_in: '3464',
      },
    });
    expect(formatTicks(event.time, 3)).toBe('2024-05-14T09:42:30.208Z');
  });

  test('the method of intercepted tunnels, and the user agent behind the verdicts', () => {
    const raw = line('TCP_MISS/200', 'TCP_CONNECT', '198.51.100.10:443', 'DECRYPT_WBRS_12');
    expect(read(raw.replace('> - "Mozilla"', '> "Mozilla/5.0 (a > b)" 17'))).toMatchObject({
      product: 'cisco-wsa',
      fields: {
        http_method: 'TCP_CONNECT',
        dest_ip: '198.51.100.10',
        dest_port: '443',
        http_user_agent: 'Mozilla/5.0 (a > b)',
      },
    });
    expect(read(raw.replace('> - "Mozilla"', '> -')).fields.http_user_agent).toBeUndefined();
  });

  test.each([
    ['TCP_MISS/200', 'BLOCK_AMW_RESP_URL_12', 'blocked'],
    ['TCP_DENIED/403', 'DEFAULT_CASE_12', 'blocked'],
    ['TCP_DENIED/407', 'NO_PASSWORD_12', 'challenged'],
    ['NONE/504', 'PASSTHRU_ADMIN_12', 'failure'],
  ])('%s %s is %s', (result, decision, action) => {
    expect(read(line(result, 'GET', 'http://a.example/', decision)).fields.action).toBe(action);
  });
});

describe('Zscaler', () => {
  const pairs =
    'reason=Allowed\taction=Allowed\tresponsesize=65\trequestsize=598\tserverip=198.51.100.10\trequestmethod=CONNECT\tuseragent=Agent x\tproduct=NSS\tClientIP=10.20.3.41\tstatus=200\tuser=wally@example.com\turl=roster.example.net:443\tvendor=Zscaler\tprotocol=HTTPS\tdevicename=WS41';

  test('web, as pairs', () => {
    for (const start of ['2024-05-14 09:42:31\t', '<13>2024-05-14 09:42:31\t'])
      expect(read(start + pairs)).toMatchObject({
        product: 'zscaler-web',
        timeSource: 'time (zone of the feed unknown)',
        fields: {
          src_ip: '10.20.3.41',
          src_host: 'ws41',
          dest: 'roster.example.net',
          dest_port: '443',
          dest_ip: '198.51.100.10',
          bytes_out: '598',
          bytes_in: '65',
          bytes: '663',
          user: 'wally@example.com',
          action: 'allowed',
          http_method: 'CONNECT',
        },
      });
  });

  test('the firewall, as pairs: it does not name its maker', () => {
    const raw =
      'Tue May 14 09:42:31 2024\tuser=wally@example.com\tdepartment=Sales\tlocationname=Tokyo\tcdport=443\tcsport=50112\tsdport=443\tssport=61000\tcsip=10.20.3.41\tcdip=198.51.100.10\tssip=203.0.113.5\tsdip=198.51.100.10\taction=Drop\taggregate=No\tnwsvc=HTTPS\tproto=TCP\tinbytes=0\toutbytes=60\tduration=1\tnumsessions=1';
    for (const each of [raw, `${header}${raw}`, `${raw}\tvendor=Zscaler\tproduct=fw`]) {
      const event = read(each);
      expect(event).toMatchObject({
        product: 'zscaler-firewall',
        fields: { src_port: '50112', dest_port: '443', action: 'blocked', bytes_out: '60', bytes_in: '0' },
      });
      expect(formatTicks(event.time, 0)).toBe('2024-05-14T09:42:31Z');
    }
  });

  test('as JSON without the envelope', () => {
    const event = {
      vendor: 'Zscaler',
      product: 'NSS',
      url: 'a.example/',
      ClientIP: '10.20.3.41',
      action: 'Allowed',
    };
    expect(mapped(jsonRecord({ ...event, datetime: '2024-05-14 09:42:31' }))).toMatchObject({
      product: 'zscaler-web',
      fields: { src_ip: '10.20.3.41', dest: 'a.example' },
    });
    expect(mapped(jsonRecord({ ...event, vendor: 'Other' })).product).toBe('generic');
  });

  test('a forged name makes both values doubtful, and the event says so', () => {
    const { fields } = read(`2024-05-14 09:42:31\t${pairs.replace('Agent x', 'x\taction=Blocked')}`);
    expect(fields.action).toBeUndefined();
    expect(fields.keizu_note).toContain('action');
  });

  test('web and firewall, as JSON', () => {
    expect(
      mapped(
        jsonRecord({
          sourcetype: 'zscalernss-web',
          event: {
            epochtime: '1715679751',
            url: 'a.example/x?y',
            host: 'a.example',
            proto: 'HTTPS',
            action: 'Blocked',
            cip: '10.0.0.1',
            login: 'w',
            respcode: '403',
          },
        }),
      ),
    ).toMatchObject({
      product: 'zscaler-web',
      timeSource: 'epochtime',
      fields: { action: 'blocked', dest_port: '443', uri_query: 'y', status: '403' },
    });
    expect(
      mapped(
        jsonRecord({
          sourcetype: 'zscalernss-fw',
          event: {
            time: 'Tue May 14 09:42:31 2024',
            tz: 'GMT',
            csip: '10.0.0.1',
            csport: 50112,
            cdip: '198.51.100.10',
            cdport: 443,
            aggregate: 'Yes',
            numsessions: 5,
            outbytes: 10,
            inbytes: 20,
            action: 'Drop',
            ipproto: 'TCP',
          },
        }),
      ),
    ).toMatchObject({
      product: 'zscaler-firewall',
      timeSource: 'time',
      fields: { aggregated_count: '5', action: 'blocked', src_port: '50112', bytes: '30' },
    });
  });
});

describe('PAN-OS', () => {
  const cells = (values: Readonly<Record<number, string>>) =>
    Array.from({ length: 110 }, (_, at) => values[at + 1] ?? '').join(',');
  const common = {
    1: '1',
    2: '2024/05/14 18:42:40',
    3: '0079',
    6: '2561',
    7: '2024/05/14 18:42:40',
    8: '10.20.3.41',
    9: '198.51.100.10',
    10: '203.0.113.1',
    11: '0.0.0.0',
    12: '"Allow, all"',
    13: 'corp\\wally',
    23: '77',
    24: '1',
    25: '50112',
    26: '443',
    27: '61000',
    30: 'tcp',
  };

  test('traffic: packets’ bytes each way, the start, and the zone where it can be told', () => {
    const traffic = {
      ...common,
      4: 'TRAFFIC',
      5: 'end',
      15: 'ssl',
      31: 'allow',
      32: '900',
      33: '300',
      34: '600',
      36: '2024/05/14 18:42:30',
      37: '8',
      47: 'tcp-fin',
      53: 'FW1',
    };
    expect(read(header + cells(traffic))).toMatchObject({
      product: 'paloalto-traffic',
      host: 'fw1',
      timeSource: 'start time (local, zone unknown)',
      fields: {
        src_port: '50112',
        dest_port: '443',
        bytes_out: '300',
        bytes_in: '600',
        bytes: '900',
        rule: 'Allow, all',
        user: 'wally',
        action: 'allowed',
        error_code: 'tcp-fin',
        src_translated_port: '61000',
        duration: '8',
      },
    });
    const zoned = read(header + cells({ ...traffic, 100: '2024-05-14T18:42:40.123+09:00' }));
    expect(formatTicks(zoned.time, 0)).toBe('2024-05-14T09:42:30Z');
    expect(zoned.fields.end_time).toBe('2024-05-14T09:42:38.000Z');
  });

  test('a visited URL', () => {
    expect(
      read(
        header +
          cells({
            ...common,
            4: 'THREAT',
            5: 'url',
            31: 'block-url',
            32: '"roster.example.net/a,b"',
            34: 'malware',
            47: 'Mozilla',
            64: 'get',
          }),
      ),
    ).toMatchObject({
      product: 'paloalto-url',
      eventClass: 'web',
      fields: {
        url: 'roster.example.net/a,b',
        dest: 'roster.example.net',
        dest_ip: '198.51.100.10',
        action: 'blocked',
        category: 'malware',
        http_method: 'GET',
      },
    });
  });
});

describe('FortiOS', () => {
  const line = (rest: string) =>
    `<189>date=2024-05-14 time=18:42:31 devname="FW1" logid="0000000013" type="traffic" subtype="forward" eventtime=1715679751000000000 tz="+0900" srcip=10.20.3.41 srcport=50112 dstip=198.51.100.10 dstport=443 sessionid=7 proto=6 ${rest}`;

  test('traffic: the start by the duration, the action as its own word too', () => {
    const event = read(
      line(
        'action="close" policyid=3 transip=203.0.113.1 transport=61000 service="HTTPS" duration=8 sentbyte=300 rcvdbyte=600 sentpkt=4 rcvdpkt=5',
      ),
    );
    expect(event).toMatchObject({
      product: 'fortinet-traffic',
      host: 'fw1',
      timeSource: 'start (eventtime - duration)',
      fields: {
        src_port: '50112',
        dest_ip: '198.51.100.10',
        bytes_out: '300',
        bytes_in: '600',
        packets_in: '5',
        transport: 'tcp',
        src_translated_port: '61000',
        vendor_action: 'close',
        action: 'allowed',
      },
    });
    expect(formatTicks(event.time, 0)).toBe('2024-05-14T09:42:23Z');
    expect(read(line('action="deny"')).fields.action).toBe('blocked');
  });

  test('the web filter', () => {
    const raw = line(
      'hostname="roster.example.net" url="/a?b" service="HTTPS" action="blocked" catdesc="Malicious"',
    ).replace('type="traffic" subtype="forward"', 'type="utm" subtype="webfilter"');
    expect(read(raw)).toMatchObject({
      product: 'fortinet-webfilter',
      fields: {
        url: 'https://roster.example.net/a?b',
        dest: 'roster.example.net',
        dest_ip: '198.51.100.10',
        action: 'blocked',
        category: 'Malicious',
      },
    });
  });
});

test('an object in a syslog message is read as one', () => {
  const raw = `${header}zeek: {"_path":"dns","ts":1715679751.5,"uid":"CPgXGz4Ck2S7ZKzsu8","id.orig_h":"10.20.3.41","query":"x.example"}`;
  expect(read(raw)).toMatchObject({
    product: 'zeek-dns',
    host: 'gate01',
    raw,
    fields: { query: 'x.example' },
  });
});

test('ProxySG by syslog', () => {
  const event = read(
    '<111>1 2024-05-14T09:42:31Z gate01 bluecoat - splunk_format - c-ip=10.20.3.41 cs-bytes=420 cs-categories="a b" cs-host=roster.example.net cs-method=GET cs-uri-path=/x cs-uri-port=8000 cs-uri-scheme=http cs-User-Agent="A 1.0" rs-status=0 s-action=TCP_DENIED sc-bytes=3464 sc-filter-result=DENIED sc-status=403 time-taken=20 x-exception-id=policy_denied',
  );
  expect(event).toMatchObject({
    product: 'bluecoat',
    host: 'gate01',
    timeSource: 'start (syslog header - time-taken)',
    fields: {
      url: 'http://roster.example.net:8000/x',
      action: 'blocked',
      http_user_agent: 'A 1.0',
      bytes_out: '420',
      bytes_in: '3464',
    },
  });
  expect(event.fields.server_status).toBe('0');
});

test('a date behind a priority is the header’s time', () => {
  const line = read('<13> 2024-05-14T09:42:31Z gate01 bluecoat[0]: SPLV5.1 c-ip=10.20.3.41 s-action=TCP_HIT');
  expect(line).toMatchObject({ timeSource: 'syslog header', fields: { cached: 'true' } });
  expect(formatTicks(line.time, 0)).toBe('2024-05-14T09:42:31Z');
});

test('McAfee’s gateway counts on both sides', () => {
  const event = read(
    `${header}mwg: status="403/80" srcip="10.20.3.41" user="wally" dhost="roster.example.net" urlp="80" mtd="GET" bytes="458/509/2813889/3001" url="http://roster.example.net/t.zip" rule="Block if virus" destip="198.51.100.10"`,
  );
  expect(event).toMatchObject({
    product: 'mcafee-wg',
    fields: {
      bytes_out: '458',
      server_bytes_out: '509',
      server_bytes_in: '2813889',
      bytes_in: '3001',
      action: 'blocked',
      status: '403',
    },
  });
});

test('McAfee’s gateway names agent and category', () => {
  const { fields } = read(
    `${header}mwg: status="200/0" srcip="10.20.3.41" user="wally" dhost="roster.example.net" urlp="443" mtd="CONNECT" urlc="Business, Software" mt="text/html" bytes="458/509/2813/3001" ua="Mozilla/5.0 (x)" url="https://roster.example.net"`,
  );
  expect(fields).toMatchObject({
    http_user_agent: 'Mozilla/5.0 (x)',
    category: 'Business, Software',
    http_content_type: 'text/html',
  });
});

test('Forcepoint’s users by the path of a directory', () => {
  const line = (user: string, more = '') =>
    read(
      `${header}vendor=Forcepoint product=Security product_version=8.5 action=permitted category=1 user=${user} ${more}src_host=10.20.3.41 src_port=50112 dst_host=a.example url=http://a.example/`,
    ).fields;
  expect(line('LDAP://10.0.0.1 OU\\=Users,DC\\=corp/Wally B.')).toMatchObject({
    user: 'Wally B.',
    user_directory: 'LDAP://10.0.0.1 OU\\=Users,DC\\=corp/Wally B.',
  });
  expect(line('LDAP://10.0.0.1 OU\\=Users/Wally B.', 'loginID=wally ').user).toBe('wally');
  expect(line('CORP\\wally')).toMatchObject({ user: 'wally', user_domain: 'CORP' });
});

test('Forcepoint’s values have blanks', () => {
  const event = read(
    `${header}vendor=Forcepoint product=Security product_version=8.5 action=blocked severity=7 category=1 user=LDAP://dc OU=x/Wally B src_host=10.20.3.41 src_port=50112 dst_host=roster.example.net dst_ip=198.51.100.10 dst_port=80 bytes_out=0 bytes_in=0 http_response=0 http_method=GET http_proxy_status_code=403 reason=- disposition=1064 duration=3 url=http://roster.example.net/a b`,
  );
  expect(event).toMatchObject({
    product: 'forcepoint',
    fields: {
      src_port: '50112',
      action: 'blocked',
      status: '403',
      url: 'http://roster.example.net/a b',
      disposition: '1064',
    },
  });
  expect(event.fields.server_status).toBe('0');
});

describe('Forcepoint’s other forms', () => {
  const leef = `${header}LEEF:1.0|Forcepoint|Security|8.5.0|transaction:permitted|sev=1\tcat=203\tusrName=LDAP://dc OU=x/Wally B\tloginID=wally\tsrc=10.20.3.41\tsrcPort=50112\tsrcBytes=512\tdstBytes=2048\tdst=198.51.100.10\tdstPort=8080\tproxyStatus-code=200\tserverStatus-code=200\tduration=0\tmethod=GET\tdisposition=1026\tcontentType=text/html\treason=-\tpolicy=default\trole=0\tuserAgent=Agent x\turl=http://roster.example.net/a;b\\=1`;
  const cef = `${header}CEF:0|Forcepoint|Security|8.5.4|194|Transaction blocked|7| act=blocked app=https dvc=10.10.18.11 dst=198.51.100.10 dhost=roster.example.net dpt=8080 src=10.20.3.41 spt=61603 suser=Test_User requestMethod=POST requestClientApplication=Mozilla/5.0 (Windows NT 10.0; Win64; x64) cs1Label=Policy cs1=Block_Risk(Servers) request=https://roster.example.net/api/?key\\=e25&v\\=7`;

  test('LEEF has all that the format for Splunk has', () => {
    expect(read(leef)).toMatchObject({
      product: 'forcepoint',
      sourcetype: 'websense:cg:leef',
      host: 'gate01',
      fields: {
        src_ip: '10.20.3.41',
        src_port: '50112',
        dest_host: 'roster.example.net',
        dest_port: '80',
        dest_ip: '198.51.100.10',
        bytes_out: '512',
        bytes_in: '2048',
        status: '200',
        server_status: '200',
        action: 'allowed',
        disposition: '1026',
        url: 'http://roster.example.net/a;b=1',
      },
    });
  });

  test('CEF, without the status of the server', () => {
    const { fields, product } = read(cef);
    expect(product).toBe('forcepoint');
    expect(fields).toMatchObject({
      action: 'blocked',
      src_port: '61603',
      dest_port: '443',
      http_method: 'POST',
      http_user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
      category: '194',
      rule: 'Block_Risk(Servers)',
      url: 'https://roster.example.net/api/?key=e25&v=7',
    });
    expect(fields.server_status).toBeUndefined();
  });

  test('a name within a value of CEF makes both doubtful', () => {
    const { fields } = read(cef.replace('x64)', 'x64) act=permitted'));
    expect(fields.action).toBeUndefined();
    expect(fields.keizu_note).toContain('act');
  });
});

describe('McAfee’s own access log', () => {
  const line = (status: number, request: string, bytes: number, block: number) =>
    `[14/May/2024:18:42:31 +0900] "EXAMPLE\\wally" 10.20.3.41 "${status}" "${request}" "Business, Software" "Minimal Risk" "text/html" "${bytes}" "Agent \\"x\\" 1" "" "${block}"`;

  test('newer versions have more columns', () => {
    const raw = `${line(200, 'GET http://roster.example.net/a HTTP/1.1', 3001, 0)} "Google" "-"`;
    expect(read(raw)).toMatchObject({ product: 'mcafee-wg', fields: { bytes_in: '3001', error_code: '0' } });
  });

  test('has the bytes to the client, and what blocked it', () => {
    const event = read(line(200, 'GET http://roster.example.net/a HTTP/1.1', 3001, 0));
    expect(event).toMatchObject({
      product: 'mcafee-wg',
      sourcetype: 'mcafee:wg:access',
      fields: {
        src_ip: '10.20.3.41',
        dest: 'roster.example.net',
        bytes_in: '3001',
        action: 'allowed',
        error_code: '0',
        category: 'Business, Software',
      },
    });
    expect(formatTicks(event.time, 0)).toBe('2024-05-14T09:42:31Z');
    expect(event.fields.bytes_out).toBeUndefined();
    expect(read(line(403, 'CONNECT roster.example.net:443 HTTP/1.1', 3001, 80)).fields).toMatchObject({
      action: 'blocked',
      dest_port: '443',
      error_code: '80',
    });
  });
});

describe('Zscaler’s web feed as quoted CSV', () => {
  const cells = [
    'Tue May 14 09:42:31 2024',
    'wally@example.com',
    'HTTPS',
    'roster.example.net/a,b',
    'Allowed',
    'General Browsing',
    'None',
    'General Browsing',
    '598',
    '14650',
    'Business Use',
    'Business',
    'Corporate',
    'None',
    'None',
    '0',
    'None',
    'None',
    'None',
    'Tokyo',
    'Sales',
    '10.20.3.41',
    '198.51.100.10',
    'GET',
    '200',
    'Agent ""x"" 1',
    'None',
    'None',
    'None',
    'text/html',
    'None',
    'wally',
    'WS41',
    'Software Protection',
  ];
  const line = (given: readonly string[]) => given.map((cell) => `"${cell}"`).join(',');

  test('in the order that the NSS offers', () => {
    expect(cells.length).toBe(34);
    expect(read(line(cells))).toMatchObject({
      product: 'zscaler-web',
      timeSource: 'time (zone of the feed unknown)',
      fields: {
        src_ip: '10.20.3.41',
        src_host: 'ws41',
        dest: 'roster.example.net',
        dest_port: '443',
        dest_ip: '198.51.100.10',
        bytes_out: '598',
        bytes_in: '14650',
        action: 'allowed',
        http_user_agent: 'Agent "x" 1',
      },
    });
    expect(read(`${header}${line(cells)}`).product).toBe('zscaler-web');
  });

  test('the firewall’s, with or without the device', () => {
    const cells =
      'Tue May 14 09:42:31 2024|wally@example.com|Sales|Tokyo|443|50112|443|61000|10.20.3.41|198.51.100.10|203.0.113.5|198.51.100.10|0.0.0.0|0|None|Allow|No|Yes|No|HTTPS|Google|TCP|Business|United States|0|Default|6000|3000|5|5120|1|None|None|None|wally|WS41'.split(
        '|',
      );
    const event = read(line(cells));
    expect(event).toMatchObject({
      product: 'zscaler-firewall',
      fields: {
        src_ip: '10.20.3.41',
        src_port: '50112',
        src_host: 'ws41',
        src_translated_ip: '203.0.113.5',
        src_translated_port: '61000',
        dest_ip: '198.51.100.10',
        dest_port: '443',
        bytes_out: '3000',
        bytes_in: '6000',
        duration: '5',
        action: 'allowed',
        transport: 'tcp',
      },
    });
    expect(event.fields.aggregated_count).toBeUndefined();
    expect(formatTicks(event.time, 0)).toBe('2024-05-14T09:42:31Z');
    expect(read(line(cells.slice(0, -2))).product).toBe('zscaler-firewall');
    expect(read(line(cells.slice(0, -3))).product).not.toBe('zscaler-firewall');
  });

  test('a feed of another order is not guessed at', () => {
    expect(read(line(cells.slice(1))).product).not.toBe('zscaler-web');
    expect(read(line(cells.with(4, 'other'))).product).not.toBe('zscaler-web');
  });
});

describe('Apache and nginx', () => {
  const line = (request: string, agent = 'A') =>
    `10.20.3.41 - wally [14/May/2024:18:42:31 +0900] "${request}" 200 512 "http://r/" "${agent}"`;

  test('as forward proxies name the destination, as servers do not', () => {
    expect(read(line('CONNECT roster.example.net:443 HTTP/1.1'))).toMatchObject({
      product: 'access-log',
      fields: { dest: 'roster.example.net', dest_port: '443', bytes_in: '512', user: 'wally' },
    });
    const served = read(line('GET /a?b HTTP/1.1', 'x\\" 404 1 \\"-'));
    expect(served.fields).toMatchObject({
      uri_path: '/a',
      uri_query: 'b',
      status: '200',
      http_user_agent: 'x\\" 404 1 \\"-',
    });
    expect(served.fields.dest).toBeUndefined();
    expect(formatTicks(served.time, 0)).toBe('2024-05-14T09:42:31Z');
  });

  test('a virtual host in front is not the client', () => {
    const raw = `proxy.example.com:3128 ${line('CONNECT [2001:db8::5]:443 HTTP/1.1')}`;
    expect(read(raw).fields).toMatchObject({
      src_ip: '10.20.3.41',
      user: 'wally',
      dest_ip: '2001:db8::5',
      dest_port: '443',
    });
  });

  test('combinedio counts both ways, with headers', () => {
    expect(read(`${line('CONNECT roster.example.net:443 HTTP/1.1')} 1057 2076`).fields).toMatchObject({
      bytes_out: '1057',
      bytes_in: '2076',
      bytes: '3133',
    });
    const other = read(`${line('GET http://roster.example.net/ HTTP/1.1')} 0.123 0.120 x`).fields;
    expect(other).toMatchObject({ bytes_in: '512' });
    expect(other.bytes_out).toBeUndefined();
  });

  test('what no HTTP was', () => {
    expect(read(line('\\x16\\x03\\x01')).fields.http_method).toBeUndefined();
  });
});

test('every product of the table has its entry, and tunnels’ own replies are counts', () => {
  for (const [name, { tunnelReplyBytes, bytesIn }] of Object.entries(proxyMeanings))
    if (tunnelReplyBytes !== undefined) expect(bytesIn, name).toBeDefined();
});

test('any line, with any of the products’ words in it, is an event', () => {
  const word = fc.oneof(
    fc.constantFrom(
      header,
      'vendor=Zscaler',
      'product=NSS',
      '\t',
      ' ',
      'url=',
      'c-ip=1',
      ' s-action=',
      '"',
      ',',
      '2024/05/14 09:42:31',
      ',TRAFFIC,',
      ',THREAT,url,',
      '10,05/14/24,09:42:31,',
      ' PACKET ',
      'mwg: status="200/0" srcip="x"',
      'vendor=Forcepoint product=Security ',
      ' action=',
      '1715679751.412 1 1.2.3.4 TCP_MISS/200 1 GET x - DIRECT/x - DEFAULT_CASE_1-a <',
      '- - [14/May/2024:18:42:31 +0900] "',
      '" 200 1',
      'dhcpd: DHCPACK on 1.2.3.4',
      '<1>',
      '1 2024-05-14T09:42:31Z h a - - [x y="z"] ',
    ),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 25 }), (words) => {
      const raw = words.join('');
      if (raw.trim() !== '') expect(read(raw).raw).toBe(raw);
    }),
  );
  for (const part of ['- ', '=', ' a=', '\ta=', '"', '-x', '\\"', ',"', '[x y="', ' url=', 'a'])
    for (const start of [
      header,
      '10.0.0.1 - ',
      '1715679751.412 1 1.2.3.4 TCP_MISS/200 1 GET x - DIRECT/x - DEFAULT_CASE_1',
      'vendor=Forcepoint product=Security ',
      '<1>1 - a b c d [',
      'mwg: status="200/0" srcip="x" ',
      '2024-05-14 product=NSS vendor=Zscaler url=a',
      '1,2024/05/14 09:42:31,0,TRAFFIC,',
    ])
      read(start + part.repeat(200_000 / part.length));
});
