/** What a verdict rests on, in Japanese; `undefined` where there is no wording for it. */
export function japaneseVerdictReason(reason: string): string | undefined {
  for (const [pattern, said] of wordings) {
    const found = pattern.exec(reason);
    if (found !== null) return said.replaceAll(/\$(\d)/g, (_, place: string) => found[Number(place)] ?? '');
  }
  return undefined;
}

/** Whole reasons; `$1` is what the first group took. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/^an answer was passed on, status (\d+)$/, '応答が渡された、ステータス $1'],
  [/^an answer was seen, status (\d+)$/, '応答が見えた、ステータス $1'],
  [/^the server answered (\d+)$/, 'サーバーが $1 を返した'],
  [/^the next hop answered (\d+)$/, '次の中継先が $1 を返した'],
  [/^the server answered (\d+), and the answer was blocked$/, 'サーバーが $1 を返し、その応答は遮断された'],
  [
    /^from the cache: this request did not go to the destination$/,
    'キャッシュから: この要求は宛先に届いていない',
  ],
  [/^from the cache$/, 'キャッシュから'],
  [/^from the fetch of another client$/, '別のクライアントが取得したものから'],
  [
    /^about (\d+) bytes came back on a port of TLS, where the client speaks first$/,
    '約 $1 バイトが戻った。TLS のポートではクライアントが先に送る',
  ],
  [
    /^about (\d+) bytes came back; what went out \(.*\) was not counted$/,
    '約 $1 バイトが戻った。送信量は数えられていない',
  ],
  [/^(\d+) bytes went into the tunnel, (\d+) came back$/, 'トンネルに $1 バイトを送信、$2 バイトを受信'],
  [/^(\d+) bytes went into the tunnel, none came back$/, 'トンネルに $1 バイトを送信、受信なし'],
  [/^(\d+) bytes out, (\d+) back$/, '送信 $1 バイト、受信 $2 バイト'],
  [/^(\d+) bytes of packets out, (\d+) back$/, 'パケットで送信 $1 バイト、受信 $2 バイト'],
  [/^(\d+) bytes (?:of packets )?out, none back$/, '送信 $1 バイト、受信なし'],
  [/^(\d+) bytes to the server, none back$/, 'サーバーへ $1 バイト、受信なし'],
  [/^(\d+) bytes to the client in a tunnel$/, 'トンネルでクライアントへ $1 バイト'],
  [
    /^(\d+) bytes to the client, more than the reply to CONNECT$/,
    'クライアントへ $1 バイト、CONNECT への応答より多い',
  ],
  [/^the client left during the answer$/, '応答の途中でクライアントが切断した'],
  [/^the connection was upgraded \(WebSocket\)$/, '接続が WebSocket に切り替わった'],
  [/^TLS was established$/, 'TLS が確立した'],
  [/^the server said that the copy (?:still )?holds.*$/, 'サーバーは写しがまだ有効と答えた'],
  [/^the request was written, no answer came \((.*)\)$/, '要求は送られたが応答がなかった ($1)'],
  [
    /^the request was written, the client left before an answer$/,
    '要求は送られたが、応答の前にクライアントが切断した',
  ],
  [/^the answer came and was blocked on its way in$/, '応答は届いたが、戻る途中で遮断された'],
  [/^fetched, and blocked on its way in$/, '取得されたが、戻る途中で遮断された'],
  [/^a request was seen, no answer$/, '要求は見えたが応答がない'],
  [/^a ClientHello was seen, no ServerHello$/, 'ClientHello は見えたが ServerHello がない'],
  [
    /^a tunnel was opened and nothing came back; what went out was not counted$/,
    'トンネルが開いたが何も戻らなかった。送信量は数えられていない',
  ],
  [
    /^a tunnel; nothing beyond the reply(?: to CONNECT)? came back$/,
    'トンネル。CONNECT への応答のほかは戻らなかった',
  ],
  [/^a tunnel without bytes$/, 'データのないトンネル'],
  [/^the server could not be reached \((.*)\)$/, 'サーバーに接続できなかった ($1)'],
  [/^no connection was made \(status (\d+)\)$/, '接続できなかった (ステータス $1)'],
  [/^no server was used: no name, no route$/, 'サーバーは使われなかった (名前解決または経路なし)'],
  [/^no server was used$/, 'サーバーは使われなかった'],
  [/^no connection to the server was made$/, 'サーバーに接続できなかった'],
  [/^no answer of a server \(status (\d+)\)$/, 'サーバーの応答がない (ステータス $1)'],
  [/^no server(?: answered)? \(status (\d+)\)$/, '応答したサーバーがない (ステータス $1)'],
  [/^nothing went to a server \(status (\d+)\)$/, 'サーバーには何も送られていない (ステータス $1)'],
  [/^the proxy asked for credentials$/, 'プロキシが認証情報を求めた'],
  [/^the parent proxy asked for credentials$/, '上位のプロキシが認証情報を求めた'],
  [/^the service asked for credentials$/, 'サービスが認証情報を求めた'],
  [/^the proxy denied it \(status (\d+)\)$/, 'プロキシが拒否した (ステータス $1)'],
  [/^the proxy itself answered 403$/, 'プロキシ自身が 403 を返した'],
  [/^the proxy sent the client elsewhere$/, 'プロキシが別の場所へ誘導した'],
  [/^the (parent )?proxy answered (\d+)$/, 'プロキシが $2 を返した'],
  [/^denied \(status (\d+)\)$/, '拒否された (ステータス $1)'],
  [/^denied by policy \((.*)\)$/, 'ポリシーで拒否された ($1)'],
  [/^blocked(?:: | \()(.*?)\)?$/, '遮断された ($1)'],
  [/^blocked$/, '遮断された'],
  [/^reached the proxy, which has no usable request$/, 'プロキシには届いたが、有効な要求がない'],
  [/^the client left before (?:an answer|a server was used)$/, '応答の前にクライアントが切断した'],
  [/^the name was looked up$/, '名前の問い合わせがあった'],
  [/^the request was allowed$/, '要求は許可された'],
  [/^no answer$/, '応答なし'],
  [/^a tunnel of status (\d+)$/, 'ステータス $1 のトンネル'],
  [/^(.*) would tell$/, '次があれば分かる: $1'],
];
