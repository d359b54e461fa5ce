import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { formatTicks } from '../../core/ticks.ts';

const read = (raw: string) => mapped({ kind: 'text', raw, offset: 0 });

const fortinet = (action: string, more: string) =>
  `<189>date=2024-05-14 time=18:02:25 devname="gate01" devid="FGT60F0000000001" eventtime=1715677345809731000 tz="+0900" logid="0101039947" type="event" subtype="vpn" level="information" vd="root" logdesc="SSL VPN tunnel up" action="${action}" tunneltype="ssl-tunnel" tunnelid=307687111 remip=203.0.113.24 ${more} user="haruka" group="staff" dst_host="N/A" reason="N/A" msg="SSL tunnel established"`;
const asa = (id: string, text: string) => `<166>May 14 2024 09:02:25 asa01 : %ASA-4-${id}: ${text}`;
const globalProtect = (event: string, status = 'success') =>
  `<14>May 14 09:02:25 pan01 1,2024/05/14 18:02:25,016301003146,GLOBALPROTECT,0,2562,2024/05/14 18:02:25,vsys1,${event},connected,,IPSec,EXAMPLE\\haruka,JP,WS-SAL-02,203.0.113.24,0.0.0.0,10.8.0.5,0.0.0.0,58d51966-4fc0-4009-93d9-a4fe2da630dd,PF2ABCDE,6.1.4,Windows,"Microsoft Windows 11 Enterprise , 64-bit",1,,,"",${status},,0,on-demand,0,gp-portal,6936960,0x0,2024-05-14T18:02:25.120+09:00,,,,,gw-1,0,0,0,0,,pan01,1`;
const dts = (values: Readonly<Record<string, string>>) =>
  `<Event><Timestamp data_type="4">05/14/2024 18:02:25.123</Timestamp><Computer-Name data_type="1">NPS1</Computer-Name><Event-Source data_type="1">IAS</Event-Source>${Object.entries(
    values,
  )
    .map(([name, value]) => `<${name} data_type="1">${value}</${name}>`)
    .join('')}</Event>`;
const accounting = {
  'User-Name': 'EXAMPLE\\haruka',
  'Framed-IP-Address': '10.8.0.5',
  'Tunnel-Client-Endpt': '203.0.113.24',
  'Acct-Session-Id': '8A01&amp;5',
  'Packet-Type': '4',
};

describe('VPN gateways and RADIUS: which user had which address', () => {
  test('FortiGate: tunnel up, its statistics, tunnel down', () => {
    const up = read(fortinet('tunnel-up', 'tunnelip=10.8.0.5'));
    expect(up).toMatchObject({
      product: 'fortinet-vpn',
      host: 'gate01',
      fields: {
        vpn_action: 'assigned',
        action: 'started',
        dest_ip: '10.8.0.5',
        src_ip: '203.0.113.24',
        user: 'haruka',
        connection_id: '307687111',
      },
    });
    expect(formatTicks(up.time)).toMatch(/^2024-05-14T09:02:25\.8/);
    expect(up.fields.dest_host).toBeUndefined();
    expect(read(fortinet('tunnel-stats', 'tunnelip=10.8.0.5 duration=600')).fields).toMatchObject({
      vpn_action: 'assigned',
      duration: '600',
    });
    expect(read(fortinet('tunnel-down', 'tunnelip=10.8.0.5 duration=3600')).fields).toMatchObject({
      vpn_action: 'released',
      action: 'ended',
    });
    expect(read(fortinet('ssl-new-con', '')).fields.vpn_action).toBeUndefined();
    expect(read(fortinet('tunnel-up', 'assignip=10.8.0.6')).fields.dest_ip).toBe('10.8.0.6');
  });

  test('ASA and FTD: the address at the begin, the user alone at the end', () => {
    const text =
      'Group <staff> User <haruka> IP <203.0.113.24> IPv4 Address <10.8.0.5> IPv6 address <::> assigned to session';
    expect(read(asa('722051', text))).toMatchObject({
      product: 'cisco-asa-vpn',
      host: 'asa01',
      fields: {
        vpn_action: 'assigned',
        dest_ip: '10.8.0.5',
        src_ip: '203.0.113.24',
        user: 'haruka',
        user_group: 'staff',
      },
    });
    expect(formatTicks(read(asa('722051', text)).time)).toMatch(/^2024-05-14T09:02:25/);
    expect(read(asa('722051', text).replace('ASA-4', 'FTD-6')).product).toBe('cisco-asa-vpn');
    const end = read(
      asa(
        '113019',
        'Group = staff, Username = haruka, IP = 203.0.113.24, Session disconnected. Session Type: AnyConnect-Parent, Duration: 1d 2h:03m:04s, Bytes xmt: 12345, Bytes rcv: 67890, Reason: User Requested',
      ),
    );
    expect(end.fields).toMatchObject({ vpn_action: 'released', user: 'haruka', duration: '93784' });
    expect(end.fields.dest_ip).toBeUndefined();
    expect(read(asa('722051', 'Group <staff> User <haruka> IP <203.0.113.24> refused')).product).not.toBe(
      'cisco-asa-vpn',
    );
  });

  test('GlobalProtect names the computer; what failed assigns nothing', () => {
    const connected = read(globalProtect('gateway-connected'));
    expect(connected).toMatchObject({
      product: 'globalprotect',
      fields: {
        vpn_action: 'assigned',
        dest_ip: '10.8.0.5',
        src_ip: '203.0.113.24',
        user: 'haruka',
        user_domain: 'EXAMPLE',
        dest_host: 'ws-sal-02',
      },
    });
    expect(formatTicks(connected.time)).toMatch(/^2024-05-14T09:02:25/);
    expect(read(globalProtect('gateway-logout')).fields.vpn_action).toBe('released');
    expect(read(globalProtect('gateway-connected', 'failure')).fields.vpn_action).toBeUndefined();
    expect(read(globalProtect('portal-auth')).fields.vpn_action).toBeUndefined();
  });

  test('NPS in its three forms', () => {
    const start = dts({ ...accounting, 'Acct-Status-Type': '1' });
    expect(read(start)).toMatchObject({
      product: 'nps',
      host: 'nps1',
      timeSource: 'Timestamp (local, zone unknown)',
      fields: {
        vpn_action: 'assigned',
        dest_ip: '10.8.0.5',
        src_ip: '203.0.113.24',
        user: 'haruka',
        connection_id: '8A01&5',
        signature: 'Accounting-Request',
      },
    });
    expect(read(dts({ ...accounting, 'Acct-Status-Type': '2' })).fields.vpn_action).toBe('released');
    expect(read(dts({ ...accounting, 'Packet-Type': '2' })).fields.vpn_action).toBeUndefined();
    expect(
      read(
        '10.9.9.1,EXAMPLE\\haruka,05/14/2024,18:02:25,IAS,NPS1,31,203.0.113.24,8,10.8.0.5,40,3,44,8A015,46,600,4136,4,4142,0',
      ).fields,
    ).toMatchObject({ vpn_action: 'assigned', dest_ip: '10.8.0.5', duration: '600', user: 'haruka' });
    expect(
      read(
        '"NPS1","IAS",05/14/2024,18:02:25,4,"EXAMPLE\\haruka",,,"203.0.113.24",,"10.8.0.5","gate01","10.9.9.1",7,9,"10.9.9.1","gate01",,,5,,1,2,,,0,,,,,,2,0,1200,3400,"8A015",1,900',
      ).fields,
    ).toMatchObject({
      vpn_action: 'released',
      dest_ip: '10.8.0.5',
      src_ip: '203.0.113.24',
      connection_id: '8A015',
      duration: '900',
    });
    // A hardware address is no address of a network.
    expect(read(dts({ 'Calling-Station-Id': '00-15-5D-0A-1B-2C' })).fields.src_ip).toBeUndefined();
  });

  test('any text behind a head that fits is read without harm', () => {
    const heads = [
      fortinet('tunnel-up', ''),
      asa('722051', 'Group <'),
      globalProtect('gateway-connected'),
      dts(accounting),
      '10.9.9.1,a,05/14/2024,18:02:25,IAS,NPS1,',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.string({ maxLength: 400 }), fc.nat(), (head, text, at) => {
        // A record is never empty.
        read(head.slice(0, 1 + (at % head.length)) + text);
      }),
    );
  });
});
