/** One event of a stream of server-sent events. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * Listens to a stream that only tells (GET): calls `take` with the parsed data of each event of that name, and goes on
 * after a lost connection. Gives the function that ends it.
 */
export function listen<Data>(
  url: string,
  event: string,
  take: (data: Data) => void,
  lost?: () => void,
): () => void {
  const source = new EventSource(url);
  source.addEventListener(event, (message) => take(JSON.parse(message.data) as Data));
  if (lost) source.addEventListener('error', lost);
  return () => source.close();
}

/** The events of an answer that is a stream, for requests with a body, which `EventSource` cannot make. */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = readBlock(block);
      if (event) yield event;
    }
  }
}

function readBlock(block: string): ServerEvent | undefined {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  return data.length === 0 ? undefined : { event, data: data.join('\n') };
}
