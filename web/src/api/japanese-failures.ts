import type { FailureCode, FailureValues } from '../../../src/server/contracts/failure-code.ts';

type Wording = readonly [message: string, hint?: string];

/** Failures that the page itself finds. */
type PageFailureCode = 'unreachable' | 'cut-off';

const timeHint = '-24h、-7d@d、now、2023-08-16T04:54:30Z、エポック秒のように指定してください。';
const narrower = '検索や時間範囲を狭めるか、上限を上げてください。';

/** Null: only another program than the page can meet it, so that the server's English is shown. */
const wordings: {
  readonly [Code in FailureCode | PageFailureCode]: ((values: FailureValues) => Wording) | null;
} = {
  unreachable: () => ['サーバーから応答がありません。'],
  'cut-off': () => ['応答が途中で切れました。'],

  'bad-form': null,
  'bad-index': () => ['インデックス名に使えるのは英数字と _ と - です。'],
  'bad-moment': ({ text = '' }) => [`「${text}」は時刻として読めません。`, timeHint],
  'bad-positions': null,
  'bad-request': null,
  'bad-time': ({ text = '' }) => [`「${text}」は時刻として読めません。`, timeHint],
  'bad-timezone': () => [
    'この名前のタイムゾーンはありません。',
    'Asia/Tokyo や UTC など、IANA の名前を指定してください。',
  ],
  csrf: () => ['セッションが変わったため、操作を受け付けられません。', 'ページを再読み込みしてください。'],
  'decode-failed': ({ detail = '' }) => [
    `読み込みを続けられません (${detail})。それまでに読み込んだ分はストアに入っています。`,
  ],
  'demo-loading': () => ['デモ用の事例は、すでに読み込み中です。'],
  'empty-window': () => ['終わりが始まりより後になっていません。', '長さのある期間を指定してください。'],
  'export-failed': ({ detail = '' }) => [`エクスポートを続けられません (${detail})。`],
  'export-unfinished': () => ['エクスポートはまだ終わっていません。'],
  'first-user': () => ['最初のユーザーは管理者にする必要があります。'],
  'host-ambiguous': ({ name = '', hosts = '' }) => [`「${name}」に当てはまるホストが複数あります: ${hosts}`],
  'host-unknown': ({ name = '', hosts = '' }) => [
    `「${name}」というホストのイベントはありません。`,
    hosts === '' ? 'ストアにイベントがありません。' : `ストアにあるホスト: ${hosts}`,
  ],
  'last-admin': () => ['最後の管理者です。'],
  'no-files': () => ['ファイルが選ばれていません。'],
  'no-room': () => ['これらのファイルを置くディスクの空きがありません。'],
  'no-such-case': () => ['このケースまたは項目は、もうありません。'],
  'no-such-column': () => ['並べ替えに使う列がありません。'],
  'no-such-event': () => ['この ID のイベントはストアにありません。'],
  'no-such-export': () => [
    'このエクスポートは、もうありません。',
    '終わったか中断されたエクスポートを保持するのは 1 時間です。もう一度開始してください。',
  ],
  'no-such-hunt': () => ['このハントは、もうありません。'],
  'no-such-route': null,
  'no-such-search': () => [
    'この検索の結果は、もうありません。',
    '結果を保持する時間には限りがあります。もう一度実行してください。',
  ],
  'no-user': () => ['トークンはユーザーに属します。先にユーザーを追加してください。'],
  'not-a-form': null,
  'not-json': null,
  'process-unknown': ({ host = '', starts, ends, events }) => [
    `${host} に該当するプロセスはありません。`,
    starts === undefined || ends === undefined || events === undefined
      ? '後から届いたイベントで名前が変わった可能性があります。ツリーで探してください。'
      : events === 0
        ? 'その時点では、このホストのイベントはまだ届いていません。ファイルのイベントは、到着時刻の項目を --arrival で指定しないかぎり、取り込んだ時刻に届いたものとします。'
        : `イベント ${number(events)} 件のうち、プロセスの開始 ${number(starts)} 件と終了 ${number(ends)} 件を調べました。`,
  ],
  'reads-no-events': () => ['この検索はイベントを読まないため、説明するものがありません。'],
  'role-too-low': ({ needed = '', role = '' }) => [
    `この操作には ${needed} のロールが必要です。現在のロールは ${role} です。`,
  ],
  'search-running': () => ['並べ替えは、検索が終わってから行えます。'],
  'sign-in-required': () => ['サインインしてください。'],
  stopped: () => ['サーバーが停止します。それまでに読み込んだ分はストアに入っています。'],
  'token-absent': () => ['このトークンはありません。'],
  'token-makes-token': () => ['トークンで別のトークンを作ることはできません。サインインしてください。'],
  'token-unknown': () => ['このトークンは存在しないか、取り消されています。'],
  'too-many-cases': () => ['ケースの数が上限に達しています。', '終了したケースを削除してください。'],
  'too-many-exports': () => ['同時に行えるエクスポートの数を超えています。終わるまで待ってください。'],
  'too-many-files': () => ['一度に追加できるファイルの数を超えています。'],
  'too-many-items': () => ['このケースの項目の数が上限に達しています。'],
  'too-many-positions': null,
  'too-many-processes': () => [
    'プロセスが多いため、証跡を付けてエクスポートできません。',
    '範囲を絞るか、証跡を付けずにエクスポートしてください。',
  ],
  'too-many-searches': () => ['同時に実行できる検索の数を超えています。先にほかの検索を終えてください。'],
  'too-many-tries': ({ seconds = '' }) => [`失敗が続いたため、${seconds} 秒待ってください。`],
  'tree-changed': () => [
    '表示中のツリーより前に入るイベントが、このホストに届きました。',
    'ツリーを開き直してください。',
  ],
  'tree-unknown': () => ['このツリーはありません。'],
  'user-absent': () => ['この名前のユーザーはいません。'],
  'user-exists': () => ['この名前のユーザーはすでにいます。'],
  'wrong-host': null,
  'wrong-password': () => ['ユーザー名またはパスワードが違います。'],

  // The words of its diagnostics are shown.
  'search-faulty': null,
  internal: () => ['サーバーで障害が発生しました。詳細はサーバーのログにあります。'],
  'store-locked': () => [
    'ストアは別のプロセスが使用中です。',
    'そのプロセスを止めるか、--store で別のフォルダーを指定してください。',
  ],
  'store-newer': () => [
    'ストアは、より新しい版の keizu で作られています。',
    '新しい版の keizu を使ってください。',
  ],
  'store-unreadable': ({ detail = '' }) => [
    `ストアを読み書きできません (${detail})。`,
    'フォルダーが存在し、ストアであり、読み書きできることを確認してください。',
  ],
  'store-full': () => [
    'ディスクの空きがありません。',
    '空きを作ってからやり直してください。書き込み済みのデータは残っています。',
  ],
  'query-timeout': () => ['検索が時間の上限に達しました。', narrower],
  'query-memory': () => ['検索がメモリの上限に達しました。', narrower],
  'query-cancelled': () => ['検索は取り消されました。'],
  'query-failed': ({ detail = '' }) => [`ストアで検索を実行できませんでした (${detail})。`],
};

function number(value: string | number): string {
  return Number(value).toLocaleString('en');
}

/** A failure in Japanese; undefined where there is no wording for its code. */
export function japaneseFailure(code: string, values: FailureValues): Wording | undefined {
  if (!Object.hasOwn(wordings, code)) return undefined;
  return wordings[code as keyof typeof wordings]?.(values);
}
