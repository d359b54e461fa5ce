import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { tlsKey, tlsSettings } from './origin.ts';
import { until } from './squid-process.ts';

/** What the client saw of its request. */
export interface Seen {
  /** The port from which it asked. */
  readonly port: number;
  /** Of the proxy's answer; 0 for none. */
  readonly status: number;
}

interface Open {
  readonly socket: Socket;
  readonly text: () => string;
  readonly port: number;
}

async function open(proxy: number, request: readonly string[], body = ''): Promise<Open> {
  const socket = connect(proxy, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.write(`${request.join('\r\n')}\r\n\r\n${body}`);
  return { socket, text: () => text, port: socket.localPort ?? 0 };
}

const statusOf = (text: string) => Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0);

const agent = 'User-Agent: keizu test/1.0 (a "quoted" word)';

/** Asks for an address and reads the answer to its end. */
export async function request(
  proxy: number,
  {
    url,
    body,
    headers = [],
  }: { readonly url: string; readonly body?: string; readonly headers?: readonly string[] },
): Promise<Seen> {
  const lines = [
    `${body === undefined ? 'GET' : 'POST'} ${url} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    agent,
    'Connection: close',
    ...(body === undefined ? [] : [`Content-Length: ${body.length}`]),
    ...headers,
  ];
  const { socket, text, port } = await open(proxy, lines, body);
  await until(() => socket.closed || socket.readableEnded, `the answer to ${url}`);
  socket.destroy();
  return { port, status: statusOf(text()) };
}

/** Asks for an address, and leaves once a condition is true. */
export async function requestAndLeave(proxy: number, url: string, ready: () => boolean): Promise<Seen> {
  const { socket, text, port } = await open(proxy, [
    `GET ${url} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    agent,
  ]);
  await until(ready, `the request ${url} to arrive`);
  socket.destroy();
  return { port, status: statusOf(text()) };
}

/** Asks for a tunnel, does something in it, and closes it. */
export async function tunnel(
  proxy: number,
  target: string,
  within: (socket: Socket, text: () => string) => Promise<void> = async () => {},
): Promise<Seen> {
  const { socket, text, port } = await open(proxy, [`CONNECT ${target} HTTP/1.1`, `Host: ${target}`, agent]);
  await until(() => socket.closed || text().includes('\r\n\r\n'), `the tunnel to ${target}`);
  const status = statusOf(text());
  if (status === 200) {
    const head = text().indexOf('\r\n\r\n') + 4;
    await within(socket, () => text().slice(head));
  }
  const closed = socket.closed ? undefined : once(socket, 'close');
  socket.end();
  await closed;
  return { port, status };
}

/** Says a text and waits until as much came back. */
export async function exchange(socket: Socket, text: () => string): Promise<void> {
  const before = text().length;
  socket.write('hello, server');
  await until(() => text().length >= before + 13, 'the echo');
}

/** Says a text within TLS and waits for it to come back. */
export async function exchangeWithinTls(socket: Socket): Promise<void> {
  socket.removeAllListeners('data');
  const tls = connectTls({
    socket,
    ...tlsSettings,
    pskCallback: () => ({ psk: tlsKey, identity: 'test' }),
    checkServerIdentity: () => undefined,
  });
  await once(tls, 'secureConnect');
  tls.write('hello, server');
  const [echo] = await once(tls, 'data');
  if (String(echo) !== 'hello, server') throw new Error('another text came back');
}
