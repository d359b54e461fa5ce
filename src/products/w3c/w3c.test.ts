import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { readAll, recordsOf } from '../../../test/read-format.ts';
import { formatTicks } from '../../core/ticks.ts';
import { w3c } from '../../formats/headed-lines/w3c.ts';

async function eventOf(software: string, fields: string, line: string) {
  const [record] = recordsOf(
    await readAll(w3c, `#Software: ${software}\n#Date: 2024-05-14 00:00:00\n#Fields: ${fields}\n${line}\n`),
  );
  if (record === undefined) throw new Error('no record');
  return mapped(record);
}

const sgFields =
  'date time time-taken c-ip cs-username x-exception-id sc-filter-result cs-categories cs(Referer) sc-status s-action cs-method rs(Content-Type) cs-uri-scheme cs-host cs-uri-port cs-uri-path cs-uri-query cs(User-Agent) s-ip sc-bytes cs-bytes rs-status rs-bytes sr-bytes';
const sgLine = (reason: string, filter: string, status: string, action: string, server: string) =>
  `2024-05-14 09:42:31 1204 10.20.3.41 CORP\\wally ${reason} ${filter} "Web Hosting;Suspicious" - ${status} ${action} GET text/html http roster.example.net 80 /pay/view.hta ?a=b "Mozilla/5.0 (x)" 10.0.0.9 3464 420 ${server}`;

describe('ProxySG', () => {
  test('has both sides’ bytes and statuses, and the start by time-taken', async () => {
    const event = await eventOf(
      'SGOS 7.3',
      sgFields,
      sgLine('-', 'OBSERVED', '200', 'TCP_NC_MISS', '200 3400 512'),
    );
    expect(event).toMatchObject({
      product: 'bluecoat',
      eventClass: 'web',
      timeSource: 'start (date time - time-taken)',
      fields: {
        src_ip: '10.20.3.41',
        user: 'wally',
        user_domain: 'CORP',
        url: 'http://roster.example.net/pay/view.hta?a=b',
        dest: 'roster.example.net',
        dest_port: '80',
        status: '200',
        server_status: '200',
        action: 'allowed',
        vendor_action: 'TCP_NC_MISS',
        bytes_out: '420',
        bytes_in: '3464',
        server_bytes_out: '512',
        server_bytes_in: '3400',
        category: 'Web Hosting;Suspicious',
        http_user_agent: 'Mozilla/5.0 (x)',
        proxy_ip: '10.0.0.9',
        end_time: '2024-05-14T09:42:31.000Z',
      },
    });
    expect(formatTicks(event.time, 3)).toBe('2024-05-14T09:42:29.796Z');
  });

  test.each([
    ['policy_denied', 'DENIED', '403', 'TCP_DENIED', 'blocked'],
    ['user_defined.block', 'DENIED', '403', 'TCP_DENIED', 'blocked'],
    ['tcp_error', 'DENIED', '503', 'TCP_ERR_MISS', 'failure'],
    ['dns_unresolved_hostname', 'DENIED', '503', 'TCP_ERR_MISS', 'failure'],
    ['authentication_failed', 'DENIED', '407', 'TCP_DENIED', 'challenged'],
    ['-', 'OBSERVED', '401', 'TCP_AUTH_MISS', 'allowed'],
    ['unheard_of', 'DENIED', '200', 'TCP_MISS', undefined],
  ])('%s %s %s %s is %s', async (reason, filter, status, action, expected) => {
    const { fields } = await eventOf('SGOS 7.3', sgFields, sgLine(reason, filter, status, action, '0 - -'));
    expect(fields.action).toBe(expected);
    expect(fields.server_status).toBe('0');
  });
});

test('IIS: the server is the destination, and + stands for a blank', async () => {
  const event = await eventOf(
    'Microsoft Internet Information Services 10.0',
    'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status time-taken',
    '2024-05-14 09:42:31 10.0.0.80 POST /owa/x a=b 443 - 203.0.113.9 Mozilla/5.0+(x) 500 31',
  );
  expect(event).toMatchObject({
    product: 'iis',
    fields: {
      dest: '10.0.0.80',
      dest_port: '443',
      uri_path: '/owa/x',
      uri_query: 'a=b',
      src_ip: '203.0.113.9',
      http_user_agent: 'Mozilla/5.0 (x)',
      status: '500',
    },
  });
});

test('Windows’ firewall: local time, said to be so', async () => {
  const event = await eventOf(
    'Microsoft Windows Firewall',
    'date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path',
    '2024-05-14 09:42:31 DROP TCP 10.0.0.1 10.0.0.2 50112 445 0 - 0 0 0 - - - SEND',
  );
  expect(event).toMatchObject({
    product: 'windows-firewall',
    timeSource: 'date time (local, zone unknown)',
    fields: {
      action: 'blocked',
      transport: 'tcp',
      src_port: '50112',
      dest_port: '445',
      direction: 'outbound',
    },
  });
});

test('any other writer keeps its own names; without a date, #Date says the day', async () => {
  const event = await eventOf('Own 1.0', 'time c-ip cs-uri x-y', '09:42:31 10.0.0.1 http://a.example/b z');
  expect(event).toMatchObject({
    product: 'w3c',
    fields: { 'x-y': 'z', url: 'http://a.example/b', dest: 'a.example' },
  });
  expect(formatTicks(event.time, 0)).toBe('2024-05-14T09:42:31Z');
});

test('a log without #Software is of one product, whatever its lines say', async () => {
  const fields = 'date time c-ip x-exception-id sc-status s-action cs-method cs-uri';
  const passed = '2024-05-14 09:42:31 10.20.3.41 - 200 TCP_TUNNELED CONNECT tcp://roster.example.net:443/';
  const denied = '2024-05-14 09:42:31 10.20.3.41 policy_denied 403 TCP_DENIED GET http://roster.example.net/';
  expect((await eventOf('', fields, passed)).product).toBe('bluecoat');
  expect((await eventOf('', fields, denied)).product).toBe('bluecoat');
  const plain = 'date time c-ip c-port s-action cs-uri sr-bytes rs-bytes';
  expect(
    await eventOf(
      '',
      plain,
      '2024-05-14 09:42:31 10.20.3.41 50112 TCP_TUNNELED tcp://[2001:db8::5]:443/ 600 -',
    ),
  ).toMatchObject({
    product: 'bluecoat',
    fields: { dest_ip: '2001:db8::5', dest_port: '443', src_port: '50112' },
  });
});

test('Cisco’s appliance in this form has the same fields as in Squid’s', async () => {
  const event = await eventOf(
    'AsyncOS for Web 11.8.0',
    'timestamp x-elapsed-time c-ip x-resultcode-httpstatus sc-bytes cs-method cs-url cs-username x-hierarchy-origin cs-mime-type x-acltag x-result-code x-suspect-user-agent',
    '1715679751.412 382 10.20.3.41 TCP_DENIED/403 4646 GET http://roster.example.net/b.txt "EXAMPLE\\wally@AD" NONE/- text/html BLOCK_WEBCAT_12-Policy-Id-NONE-NONE-NONE-NONE-NONE <IW_srch,-> -',
  );
  expect(event).toMatchObject({
    product: 'cisco-wsa',
    timeSource: 'start (timestamp - x-elapsed-time)',
    fields: {
      url: 'http://roster.example.net/b.txt',
      dest: 'roster.example.net',
      status: '403',
      action: 'blocked',
      vendor_action: 'TCP_DENIED',
      error_code: 'BLOCK_WEBCAT_12',
      rule: 'Policy-Id-NONE-NONE-NONE-NONE-NONE',
      category: 'IW_srch',
      duration: '382',
      bytes_in: '4646',
    },
  });
  expect(formatTicks(event.time, 3)).toBe('2024-05-14T09:42:31.030Z');
});

describe('TMG', () => {
  const fields =
    'c-ip\tcs-username\tc-agent\tdate\ttime\tr-host\tr-ip\tr-port\ttime-taken\tcs-bytes\tsc-bytes\ts-operation\tcs-uri\tsc-status\taction';
  const line = (uri: string, status: string, action: string) =>
    `10.20.3.41\tCORP\\wally\tMozilla/5.0 (Windows NT 6.1)\t2024-05-14\t09:42:31\troster.example.net\t198.51.100.10\t80\t141\t512\t2048\tGET\t${uri}\t${status}\t${action}`;

  test('divides values by tabs: they have blanks', async () => {
    expect(
      await eventOf(
        'Microsoft Forefront Threat Management Gateway',
        fields,
        line('http://roster.example.net/a b', '200', 'Allowed'),
      ),
    ).toMatchObject({
      product: 'w3c-proxy',
      fields: {
        http_user_agent: 'Mozilla/5.0 (Windows NT 6.1)',
        url: 'http://roster.example.net/a b',
        http_method: 'GET',
        status: '200',
        action: 'allowed',
        dest_ip: '198.51.100.10',
        dest_port: '80',
        bytes_out: '512',
        bytes_in: '2048',
        user: 'wally',
      },
    });
  });

  test('has Windows’ errors in the place of a status', async () => {
    const event = await eventOf('', fields, line('http://roster.example.net/', '12202', 'Denied'));
    expect(event).toMatchObject({ product: 'w3c-proxy', fields: { action: 'blocked', error_code: '12202' } });
    expect(event.fields.status).toBeUndefined();
  });
});
