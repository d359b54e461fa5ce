import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Listening } from './squid-process.ts';

/** A server that counts what it got and gave: the truth, beside which a verdict is held. */
export interface Origin extends Listening {
  readonly counted: { connections: number; received: number; sent: number };
}

/** What a server does with a connection. */
export type Behaviour = (socket: Socket) => void;

/** Answers a request once its header and body are there. */
export const answering =
  (answer: string): Behaviour =>
  (socket) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0);
      if (text.length >= head + 4 + length) socket.end(answer);
    });
  };

/** An HTTP answer of a status with a text. */
export function httpAnswer(status: string, body: string, ...headers: readonly string[]): string {
  return [
    `HTTP/1.1 ${status}`,
    `Content-Length: ${body.length}`,
    'Content-Type: text/plain',
    'Connection: close',
    ...headers,
    '',
    body,
  ].join('\r\n');
}

/** Takes the request and goes. */
export const hangingUp: Behaviour = (socket) => void socket.once('data', () => socket.end());

/** Takes everything and says nothing. */
export const silent: Behaviour = (socket) => void socket.resume();

/** Gives everything back. */
export const echoing: Behaviour = (socket) => void socket.pipe(socket);

/** Speaks first, as mail servers do. */
export const greeting: Behaviour = (socket) => {
  socket.resume();
  socket.write('220 ready\r\n');
};

/** A key that both sides know takes the place of a certificate. */
export const tlsSettings = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
export const tlsKey = Buffer.alloc(16, 7);

/** Gives everything back, within TLS. */
export function echoingTls(): Behaviour {
  const server = createTlsServer({ ...tlsSettings, pskCallback: () => tlsKey }, (socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  return (socket) => void server.emit('connection', socket);
}

/** Starts a server on a port of its own. */
export async function startOrigin(behaviour: Behaviour): Promise<Origin> {
  const counted = { connections: 0, received: 0, sent: 0 };
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: false }, (socket) => {
    counted.connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      counted.received += socket.bytesRead;
      counted.sent += socket.bytesWritten;
      sockets.delete(socket);
    });
    behaviour(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    counted,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
