import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { jsonRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';

const sides = {
  uid: 'CPgXGz4Ck2S7ZKzsu8',
  'id.orig_h': '10.20.3.41',
  'id.orig_p': 50112,
  'id.resp_h': '198.51.100.10',
  'id.resp_p': 443,
};

describe('Zeek', () => {
  test('conn: payload both ways, the first packet’s time, and the end', () => {
    const event = mapped(
      jsonRecord({
        ...sides,
        _path: 'conn',
        _system_name: 'Sensor1',
        ts: 1715679751.25,
        proto: 'tcp',
        duration: 2.5,
        orig_bytes: 640,
        resp_bytes: 2056,
        conn_state: 'SF',
        history: 'ShADadFf',
      }),
    );
    expect(event).toMatchObject({
      product: 'zeek-conn',
      sourcetype: 'zeek:conn',
      eventClass: 'network',
      host: 'sensor1',
      timeSource: 'ts (first packet)',
      fields: {
        src_ip: '10.20.3.41',
        src_port: '50112',
        dest: '198.51.100.10',
        dest_ip: '198.51.100.10',
        dest_port: '443',
        transport: 'tcp',
        bytes_out: '640',
        bytes_in: '2056',
        bytes: '2696',
        vendor_action: 'SF',
        end_time: '2024-05-14T09:42:33.750Z',
        connection_id: 'CPgXGz4Ck2S7ZKzsu8',
      },
    });
    expect(formatTicks(event.time, 2)).toBe('2024-05-14T09:42:31.25Z');
  });

  test('without the name of the log, by a field that only it has; with underscores', () => {
    const { uid } = sides;
    const ids = { id_orig_h: '10.0.0.1', id_orig_p: 1, id_resp_h: '10.0.0.2', id_resp_p: 53 };
    expect(
      mapped(
        jsonRecord({
          ts: '2024-05-14T09:42:31.5Z',
          uid,
          ...ids,
          rcode_name: 'NXDOMAIN',
          query: 'x.example',
          answers: ['a', 'b'],
        }),
      ),
    ).toMatchObject({
      product: 'zeek-dns',
      sourcetype: 'zeek:dns',
      fields: { query: 'x.example', reply_code: 'NXDOMAIN', answer: ['a', 'b'], src_ip: '10.0.0.1' },
    });
  });

  test('http: the responder is the destination, but for requests to a proxy', () => {
    const direct = mapped(
      jsonRecord({
        ...sides,
        'id.resp_p': 8080,
        _path: 'http',
        ts: 1,
        method: 'GET',
        host: 'a.example',
        uri: '/x?y',
        status_code: 200,
        trans_depth: 1,
      }),
    );
    expect(direct.fields).toMatchObject({
      url: 'http://a.example:8080/x?y',
      dest_host: 'a.example',
      dest_ip: '198.51.100.10',
      dest_port: '8080',
      uri_query: 'y',
    });
    const tunnel = mapped(
      jsonRecord({
        ...sides,
        'id.resp_p': 3128,
        _path: 'http',
        ts: 1,
        method: 'CONNECT',
        host: 'a.example',
        uri: 'a.example:443',
        trans_depth: 1,
      }),
    );
    expect(tunnel.fields).toMatchObject({
      url: 'a.example:443',
      dest: 'a.example',
      dest_port: '443',
      proxy_ip: '198.51.100.10',
      proxy_port: '3128',
    });
    expect(tunnel.fields.dest_ip).toBeUndefined();
  });

  test('ssl: what the client said is no destination', () => {
    const { fields } = mapped(
      jsonRecord({
        ...sides,
        _path: 'ssl',
        ts: 1,
        server_name: 'a.example',
        established: false,
        last_alert: 'unknown_ca',
      }),
    );
    expect(fields).toMatchObject({
      ssl_server_name: 'a.example',
      dest: '198.51.100.10',
      vendor_action: 'not established',
      error_code: 'unknown_ca',
    });
  });

  test('files and certificates need no connection, nor failed handshakes a cipher', () => {
    const read = (value: Parameters<typeof jsonRecord>[0]) =>
      mapped(jsonRecord({ ts: 1715679751.5, ...value }));
    expect(
      read({
        fuid: 'FgN3AE3of2TRIqaeQe',
        tx_hosts: ['198.51.100.10'],
        rx_hosts: ['10.20.3.41'],
        seen_bytes: 500,
        total_bytes: 500,
      }),
    ).toMatchObject({
      sourcetype: 'zeek:files',
      fields: { src_ip: '10.20.3.41', dest_ip: '198.51.100.10', file_size: '500' },
    });
    for (const id of [{ id: 'FgN3AE3of2TRIqaeQe' }, { fingerprint: 'ab'.repeat(32) }])
      expect(
        read({ ...id, 'certificate.serial': '01', 'certificate.subject': 'CN=a.example' }),
      ).toMatchObject({ sourcetype: 'zeek:x509', fields: { ssl_subject: 'CN=a.example' } });
    const ids = { uid: 'CPgXGz4Ck2S7ZKzsu8', 'id.orig_h': '10.20.3.41', 'id.resp_h': '198.51.100.10' };
    expect(read({ ...ids, server_name: 'a.example', established: false }).product).toBe('zeek-ssl');
    expect(read({ ...ids, trans_id: 7, query: 'a.example', proto: 'udp' }).product).toBe('zeek-dns');
    expect(read({ fuid: 'F1', seen_bytes: 1 }).product).toBe('generic');
  });

  test('other objects with ts or uid are not Zeek’s', () => {
    expect(mapped(jsonRecord({ ts: 1, uid: 'Cabcdefghij' })).product).toBe('generic');
    expect(mapped(jsonRecord({ ts: 1, '@stream': 'x' })).product).toBe('generic');
    expect(mapped(jsonRecord({ uid: sides.uid, 'id.orig_h': '1.2.3.4' })).product).toBe('generic');
  });

  test('any shape of a value is an event', () => {
    for (const odd of [null, [], {}, [null, {}], 1e300, 'x', true])
      expect(
        mapped(
          jsonRecord({
            ...sides,
            _path: 'http',
            ts: 1,
            uri: odd,
            host: odd,
            method: odd,
            duration: odd,
            'id.resp_h': odd,
            answers: odd,
          }),
        ).product,
      ).toBe('zeek-http');
  });
});
