import type { Said, SaidPhrase } from '../../../src/server/contracts/said.ts';

/** A line about an event, in Japanese. */
export function japaneseSaid(said: Said): string {
  return said
    .map(({ phrase, parts }) =>
      japanesePhrases[phrase].replace(/%([1-9])/g, (_, place) => parts[Number(place) - 1] ?? '(記録なし)'),
    )
    .join('');
}

/** Every phrase in Japanese; `%1` stands for what the English has at its first `%s`. */
const japanesePhrases: { readonly [Phrase in SaidPhrase]: string } = {
  'accepted a connection between %s and %s': '%1 と %2 の間の接続を受け入れ',
  'changed the clipboard, %s': 'クリップボードを変更、%1',
  'connected to %s': '%1 に接続',
  'connection from %s blocked': '%1 からの接続を遮断',
  'connection to %s blocked': '%1 への接続を遮断',
  'created the key %s': 'キーを作成 %1',
  'created the pipe %s': 'パイプを作成 %1',
  'connected to the pipe %s': 'パイプに接続 %1',
  'deleted %s': '削除 %1',
  'deleted the key %s': 'キーを削除 %1',
  'deleted the value %s': '値を削除 %1',
  'duplicated handle %s into process %s': 'ハンドル %1 をプロセス %2 に複製',
  ended: '終了',
  'ended with status %s': '終了 (ステータス %1)',
  'installed the service %s: %s': 'サービスを登録 %1: %2',
  'listened on %s': '%1 で待ち受け',
  'loaded %s': '読み込み %1',
  'loaded the driver %s': 'ドライバーを読み込み %1',
  'looked up %s': '名前の問い合わせ %1',
  'opened %s with %s': '%1 を %2 で開いた',
  'ran script': 'スクリプトを実行',
  'read the volume %s raw': 'ボリューム %1 を直接読み取り',
  'renamed %s to %s': '名前を変更 %1 → %2',
  'set %s': '設定 %1',
  'set the creation time of %s to %s, was %s': '%1 の作成日時を %3 から %2 に変更',
  'started %s (%s): %s': '起動 %1 (%2): %3',
  'started a thread in %s': '%1 にスレッドを作成',
  'started: %s': '開始: %1',
  'was given the local port %s': 'ローカルポート %1 を割り当て',
  'was kept from shredding %s': '抹消を阻止 %1',
  'was kept from writing %s': '書き込みを阻止 %1',
  'was refused the local port %s': 'ローカルポート %1 を拒否',
  'wrote %s': '書き込み %1',
  'wrote the executable %s': '実行ファイルを書き込み %1',
  'wrote the stream %s': 'ストリームを書き込み %1',

  'was refused %s': '拒否 %1',
  'asked for %s': '要求 %1',
  'closed %s': '閉じた %1',
  'used %s': '使用 %1',
  'changed the rights of %s': '権限を変更 %1',
  'touched %s': '操作 %1',

  '%s opened it with %s': '%1 がこのプロセスを %2 で開いた',
  '%s started a thread in it': '%1 がこのプロセスにスレッドを作成',
  'its image was tampered with: %s': 'イメージの改ざん: %1',

  '%s': '%1',
  event: 'イベント',
  logon: 'ログオン',
  'account event': 'アカウントのイベント',
  'privilege used': '特権の使用',
  'a scheduled task was changed': 'スケジュール済みタスクの変更',
  'WMI binding %s: %s to %s': 'WMI バインド (%1) %2 と %3',
  'WMI consumer %s: %s (%s): %s': 'WMI コンシューマー (%1) %2 (%3): %4',
  'WMI event %s: %s': 'WMI イベント %1: %2',
  'WMI filter %s: %s: %s': 'WMI フィルター (%1) %2: %3',
  'its address in a record of the network: %s': '通信の記録にあるこのファイルのアドレス: %1',
  'its site in a record of the network: %s': '通信の記録にあるこのファイルのサイト: %1',
  'the address named beside it in a record of the network: %s':
    '通信の記録にある、ファイルとともに書かれたアドレス: %1',
  'the site named beside it in a record of the network: %s':
    '通信の記録にある、ファイルとともに書かれたサイト: %1',

  ' (%s)': ' (%1)',
  ' (%s': ' (%1',
  ', %s': '、%1',
  ')': ')',
  ' (part %s of %s)': ' (%2 分割の %1)',
  ' (the sensor kept a copy)': ' (センサーが写しを保存)',
  ' = %s': ' = %1',
  ' at %s': ' (開始位置 %1)',
  ' from %s': ' (%1 から)',
  ' over %s': ' (%1)',
  ' → %s': ' → %1',
  ' → failed (%s)': ' → 失敗 (%1)',
  ' → no answer in time (%s)': ' → 時間内に応答なし (%1)',
  ' → no record (%s)': ' → 該当レコードなし (%1)',
  ' → no records (%s)': ' → レコードなし (%1)',
  ' → no such name (%s)': ' → 名前が存在しない (%1)',
  ', from %s': '、接続元 %1',
  ', not signed': '、署名なし',
  ', signed': '、署名あり',
  ', signed by %s': '、署名者 %1',
  ', type %s': '、種類 %1',
  ', was %s': '、変更前 %1',
  ': %s': ': %1',

  ...rights({
    append: '追記',
    'change its rights': '権限の変更',
    'change memory rights': 'メモリー保護の変更',
    'create a link': 'リンクの作成',
    'create processes': 'プロセスの作成',
    'create sub-keys': 'サブキーの作成',
    'create threads': 'スレッドの作成',
    delete: '削除',
    'delete children': '子の削除',
    'duplicate handles': 'ハンドルの複製',
    execute: '実行',
    'list sub-keys': 'サブキーの一覧',
    'query information': '情報の取得',
    'query limited information': '限定情報の取得',
    'query values': '値の取得',
    read: '読み取り',
    'read attributes': '属性の読み取り',
    'read extended attributes': '拡張属性の読み取り',
    'read its rights': '権限の読み取り',
    'read memory': 'メモリーの読み取り',
    'set information': '情報の設定',
    'set quotas': 'クォータの設定',
    'set values': '値の設定',
    'take ownership': '所有権の取得',
    terminate: '強制終了',
    'wait for it': '終了の待機',
    watch: '変更の監視',
    write: '書き込み',
    'write attributes': '属性の書き込み',
    'write extended attributes': '拡張属性の書き込み',
    'write memory': 'メモリーへの書き込み',
  }),
};

type Right = SaidPhrase extends infer Phrase
  ? Phrase extends ` (${infer Name}`
    ? Plain<Name>
    : never
  : never;

type Plain<Name extends string> = Name extends `${string})` | `%s${string}` ? never : Name;

/** Rights stand in brackets, with commas between. */
function rights(words: { readonly [Name in Right]: string }): {
  readonly [Name in Right as ` (${Name}` | `, ${Name}`]: string;
} {
  return Object.fromEntries(
    Object.entries(words).flatMap(([name, word]) => [
      [` (${name}`, ` (${word}`],
      [`, ${name}`, `、${word}`],
    ]),
  ) as ReturnType<typeof rights>;
}
