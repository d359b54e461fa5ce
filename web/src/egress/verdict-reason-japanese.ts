import type { VerdictReasonParts, VerdictReasonPattern } from '../../../src/server/contracts/egress.ts';

/** What a verdict rests on, in Japanese. */
export function japaneseVerdictReason({ pattern, parts }: VerdictReasonParts): string {
  return japaneseVerdictReasons[pattern].replace(/%([1-9])/g, (_, place) => parts[Number(place) - 1] ?? '');
}

/** Every reason in Japanese; `%1` stands for what the English has at its first `%s`. */
const japaneseVerdictReasons: { readonly [Pattern in VerdictReasonPattern]: string } = {
  'an answer was passed on, status %s': '応答が渡された (ステータス %1)',
  'an answer was seen, status %s': '応答を観測 (ステータス %1)',
  'the server answered %s': 'サーバーが %1 を返した',
  'the next hop answered %s': '次の中継先が %1 を返した',
  'the server answered %s, and the answer was blocked': 'サーバーが %1 を返し、その応答は遮断された',
  'the answer came and was blocked on its way in': '応答は届いたが、戻る途中で遮断された',
  'fetched, and blocked on its way in': '取得されたが、戻る途中で遮断された',
  'blocked (%s) when %s bytes had come from the server':
    'サーバーから %2 バイトを受信した時点で遮断された (%1)',
  'the client left during the answer': '応答の途中でクライアントが切断した',
  'the connection was upgraded (WebSocket)': '接続が WebSocket に切り替わった',
  'TLS was established': 'TLS が確立した',
  'TLS failed': 'TLS が確立しなかった',
  'TLS failed (%s)': 'TLS が確立しなかった (%1)',
  'the parent proxy or the destination answered %s': '上位のプロキシまたは宛先が %1 を返した',
  'a proxy answered %s': 'プロキシが %1 を返した',

  'from the cache': 'キャッシュから応答',
  'from the cache: this request did not go to the destination':
    'キャッシュから応答。この要求は宛先に届いていない',
  'from the fetch of another client': '別のクライアントが取得したものから応答',
  'the server said that the copy holds': 'サーバーは、写しが有効だと答えた',
  'the server said that the copy still holds; the body came from the cache':
    'サーバーは、写しがまだ有効だと答えた。本文はキャッシュから',
  'the copy could not be renewed; the server failed': 'サーバーの障害で、写しを更新できなかった',

  '%s bytes to the server, %s back': 'サーバーへ送信 %1 バイト、受信 %2 バイト',
  '%s bytes to the server, none back': 'サーバーへ送信 %1 バイト、受信なし',
  '%s bytes out': '送信 %1 バイト',
  '%s bytes out, %s back': '送信 %1 バイト、受信 %2 バイト',
  '%s bytes out, about %s back': '送信 %1 バイト、受信 約 %2 バイト',
  '%s bytes out, none back': '送信 %1 バイト、受信なし',
  '%s: %s bytes out, %s back': '%1: 送信 %2 バイト、受信 %3 バイト',
  '%s: %s bytes out, %s back: one side was seen': '%1: 送信 %2 バイト、受信 %3 バイト。片方向だけを観測',
  '%s: %s bytes out, %s back: the directions are guessed': '%1: 送信 %2 バイト、受信 %3 バイト。方向は推定',
  '%s bytes of packets out, %s back': 'パケットで送信 %1 バイト、受信 %2 バイト',
  '%s bytes of packets out, none back': 'パケットで送信 %1 バイト、受信なし',
  '%s packets back: no more than a handshake': '受信 %1 パケット。ハンドシェイクの分しかない',
  'the handshake only': 'ハンドシェイクのみ',
  'bytes back only': '受信のみ',

  '%s bytes went into the tunnel, %s came back': 'トンネルに送信 %1 バイト、受信 %2 バイト',
  '%s bytes went into the tunnel, %s came back: the server spoke first':
    'トンネルに送信 %1 バイト、受信 %2 バイト。サーバーが先に送った',
  '%s bytes went into the tunnel, none came back': 'トンネルに送信 %1 バイト、受信なし',
  '%s bytes to the client in a tunnel': 'トンネルでクライアントへ %1 バイト',
  '%s bytes to the client, more than the reply to CONNECT':
    'クライアントへ %1 バイト。CONNECT への応答より多い',
  'about %s bytes came back on a port of TLS, where the client speaks first':
    '約 %1 バイトを受信。TLS のポートではクライアントが先に送る',
  'about %s bytes came back; what went out (%>st, %>sh) was not counted':
    '約 %1 バイトを受信。送信量 (%>st、%>sh) は記録されていない',
  'a tunnel was opened and nothing came back; what went out was not counted':
    'トンネルが開いたが何も戻らなかった。送信量は記録されていない',
  'a tunnel; nothing beyond the reply came back': 'トンネル。応答のほかは何も戻らなかった',
  'a tunnel; nothing beyond the reply to CONNECT came back':
    'トンネル。CONNECT への応答のほかは何も戻らなかった',
  'a tunnel without bytes': 'データのないトンネル',
  'a tunnel of status %s': 'ステータス %1 のトンネル',

  'the request was written, no answer came (%s)': '要求は送られたが、応答がなかった (%1)',
  'the request was written, the client left before an answer':
    '要求は送られたが、応答の前にクライアントが切断した',
  'a request was seen, no answer': '要求は観測したが、応答がない',
  'a ClientHello was seen, no ServerHello': 'ClientHello は観測したが、ServerHello がない',

  'the server could not be reached (%s)': 'サーバーに接続できなかった (%1)',
  'the server failed (%s), no policy': 'サーバー側の障害 (%1)。ポリシーではない',
  'the server refused': 'サーバーが接続を拒否した',
  'the connection failed (%s)': '接続に失敗した (%1)',
  'the name was not resolved (%s)': '名前を解決できなかった (%1)',
  'no connection was made (status %s)': '接続できなかった (ステータス %1)',
  'no connection to the server was made': 'サーバーに接続できなかった',
  'no answer of a server (status %s)': 'サーバーの応答がない (ステータス %1)',
  'no server answered (status %s)': '応答したサーバーがない (ステータス %1)',
  'no server (status %s)': 'サーバーに届いていない (ステータス %1)',
  'no server was used': 'サーバーは使われなかった',
  'no server was used: no name, no route': 'サーバーは使われなかった (名前解決または経路なし)',
  'nothing went to a server (status %s)': 'サーバーには何も送られていない (ステータス %1)',

  'the proxy asked for credentials': 'プロキシが認証情報を求めた',
  'the parent proxy asked for credentials': '上位のプロキシが認証情報を求めた',
  'the service asked for credentials': 'サービスが認証情報を求めた',
  'the proxy denied it (status %s)': 'プロキシが拒否した (ステータス %1)',
  'the proxy itself answered 403': 'プロキシ自身が 403 を返した',
  'the proxy sent the client elsewhere': 'プロキシが別の場所へ誘導した',
  'the proxy answered %s': 'プロキシが %1 を返した',
  'the parent proxy answered %s': '上位のプロキシが %1 を返した',
  'denied (status %s)': '拒否された (ステータス %1)',
  'denied by policy (%s)': 'ポリシーで拒否された (%1)',
  blocked: '遮断された',
  'blocked (%s)': '遮断された (%1)',
  'cut off (%s); %s bytes had gone out, %s come back':
    '途中で切断された (%1)。送信 %2 バイト、受信 %3 バイト',
  'the action was %s': '処置は %1',
  'the action was %s; bytes had passed before': '処置は %1。それまでにデータが通過している',
  'the action was %s; %s bytes had passed before': '処置は %1。それまでに %2 バイトが通過している',
  'the action was %s; %s bytes of packets had passed before':
    '処置は %1。それまでにパケットで %2 バイトが通過している',
  'the action was %s: nothing came back': '処置は %1。何も戻らなかった',

  'decrypted: the https records inside decide': '復号された。判定は中の https の記録による',
  'asked for': '要求のみ',
  'asked for (%s)': '要求のみ (%1)',
  'allowed; no bytes': '許可。データなし',
  'allowed, no packet came back': '許可されたが、パケットが戻らなかった',
  'allowed, no packet came back (%s)': '許可されたが、パケットが戻らなかった (%1)',
  'no answer': '応答なし',
  'no answer and no action': '応答も処置もない',
  '%s: no answer to the handshake was seen': '%1: ハンドシェイクへの応答を観測していない',
  'reached the proxy, which has no usable request': 'プロキシには届いたが、有効な要求がない',
  'the beginning of a session': 'セッションの開始',
  'the beginning of a session; the record of its end decides': 'セッションの開始。判定は終了の記録による',
  'the client left before a server was used': 'サーバーを使う前にクライアントが切断した',
  'the client left before an answer': '応答の前にクライアントが切断した',
  'the client sent nothing behind its CONNECT': 'クライアントは CONNECT の後に何も送らなかった',
  'the name was looked up': '名前の問い合わせがあった',
  'the request was allowed': '要求は許可された',
  "the 200 is the proxy's own (it looks into TLS); the next records of the client port decide":
    '200 はプロキシ自身の応答 (TLS を検査するため)。判定は同じクライアントポートの次の記録による',
  'the 200 is of a proxy; the tunnel behind it decides': '200 はプロキシの応答。判定はその先のトンネルによる',
  "the reply is the service's own; the records inside the tunnel decide":
    '応答はサービス自身のもの。判定はトンネル内の記録による',

  "%s may be the proxy's or the server's": '%1 はプロキシのものかサーバーのものか分からない',
  "%s may be the proxy's or the server's: $upstream_status would tell":
    '%1 はプロキシのものかサーバーのものか分からない。$upstream_status があれば分かる',
  "%s may be the proxy's or the server's: the status from the server (%<Hs) or %err_code would tell":
    '%1 はプロキシのものかサーバーのものか分からない。サーバーのステータス (%<Hs) か %err_code があれば分かる',
  "status %s may be the service's own or the server's":
    'ステータス %1 はサービスのものかサーバーのものか分からない',
  'what answered may be the service or the server: the status is missing':
    'ステータスがなく、応答がサービスのものかサーバーのものか分からない',
  '%s with %s': '%1、理由は %2',
  '%s without a reason': '%1、理由の記録なし',
  '%s: rs-status would tell': '%1。rs-status があれば分かる',
  'no s-action: rs-status would tell': 's-action なし。rs-status があれば分かる',
  'result code %s with decision tag %s': '結果コード %1、判定タグ %2',
  'result code %s without a decision tag': '結果コード %1、判定タグなし',
  'a neighbour cache asked, no client': '要求したのは隣のキャッシュで、クライアントではない',
  'action would tell': 'action があれば分かる',
  'an error of status %s': 'ステータス %1 のエラー',
  'an error or a policy: x-exception-id would tell (%s)':
    'エラーかポリシーか、x-exception-id があれば分かる (%1)',
  'bytes came back; rs-bytes and sr-bytes would tell what went out':
    'データを受信。送信量は rs-bytes と sr-bytes があれば分かる',
  'err_code would tell who answered': '何が応答したかは err_code があれば分かる',
  'no action': '処置の記録なし',
  'no server, %s': 'サーバーなし、%1',
  'older versions write %s for good tunnels, too: bytes of both sides would tell':
    '古い版は成功したトンネルにも %1 と記録する。両側のバイト数があれば分かる',
  'one record of %s sessions': '%1 セッションをまとめた 1 件の記録',
  'status %s is no end of an answer': 'ステータス %1 は応答の終わりではない',
  'the bytes between proxy and server would tell': 'プロキシとサーバーの間のバイト数があれば分かる',
  'the number of packets would tell': 'パケット数があれば分かる',
  'the size (%<st) would tell': 'サイズ (%<st) があれば分かる',
  'the status from the server would tell': 'サーバーのステータスがあれば分かる',
  '$upstream_bytes_sent would tell': '$upstream_bytes_sent があれば分かる',
  '$upstream_status would tell': '$upstream_status があれば分かる',
  '%I and %O, less the CONNECT itself, would tell': 'CONNECT 自体を除いた %I と %O があれば分かる',
};
