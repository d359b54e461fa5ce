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
