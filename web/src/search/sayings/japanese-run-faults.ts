import type { SearchRunSayings } from '../../../../src/server/contracts/diagnostics.ts';
import { japanesePhrase } from './japanese-phrases.ts';
import { japanese as ja, type Wording, type Wordings } from './wording.ts';

/** What can be said about a search while it is compiled and run, in Japanese. */
export const japaneseRunFaults: Wordings<SearchRunSayings> = {
  'sort-limit': ({ limit }) => [
    ja`sort は先頭の ${limit} 行だけを残しました。行はほかにもあります。`,
    'すべての行を残すには sort 0 … と書きます。',
  ],
  'list-limit': ({ limit }) => [
    ja`list() はグループごとに先頭の ${limit} 個の値だけを残しました。値はほかにもあります。`,
    'values() にこの上限はありません。',
  ],
  'too-many-columns': ({ limit }) => [ja`列が ${limit} を超えるため、先頭の ${limit} 列だけを残しました。`],
  'too-many-bins': ({ limit }) => [
    ja`この span では区間が ${limit} 個を超えます。`,
    'span を長くするか、時間範囲を短くしてください。',
  ],
  'too-many-cells': ({ limit }) => [
    ja`グラフのセルが ${limit} 個を超えます。`,
    '組み合わせごとに 1 行を返し、この上限のない stats を使ってください。',
  ],
  'field-in-no-row': ({ command, field }) => [
    ja`${command} が読むフィールド「${field}」は、どの行にもありません。`,
    '綴りを確認してください。フィールド名は大文字と小文字を区別します。',
  ],
  'pstree-loss': (loss) => [pstreeLoss(loss)],
  'parents-outside': ({ parents, children }) => [
    ja`親プロセスの開始イベントが行に含まれていないプロセスが ${children} 件あります。その親 ${parents} 件は、ほかのイベントの情報から描いています。`,
    '時間範囲を広げるか、時間範囲の外も読む ancestors を使ってください。',
  ],
  'processes-not-found': ({ rows, example, host }) => [
    ja`${rows} 行が示すプロセスは、ストアに開始も終了もありません (例: ${host} の ${example})。`,
  ],
  'rows-without-process': ({ command, rows }) => [
    ja`${command} は、プロセスを示していない ${rows} 行を飛ばしました。`,
    '行にはホストと、プロセス ID または GUID が必要です。フィールド名はオプションで指定できます。',
  ],
  'rows-without-host': ({ command, rows }) => [
    ja`${command} は、ホストを示していない ${rows} 行を飛ばしました。`,
    '行には host フィールドが必要です。プロキシの記録そのものの行であれば、なくてもかまいません。',
  ],
  'host-not-found': ({ host, hosts }) => [
    hosts.length === 0
      ? ja`ホスト「${host}」の接続はなく、このホストを示す行もありません。`
      : ja`「${host}」は次のどのホストか決まりません: ${hosts.slice(0, 5).join('、')}${hosts.length > 5 ? ' など' : ''}。`,
    'ホストの完全な名前を指定してください。',
  ],
  'no-connection-reader': () => ['ここでは接続を読めません。'],
  'reset-needs-result': ({ field }) => [
    `streamstats 自身が作る「${field}」を読むリセット条件には、まだ対応していません。`,
  ],
  'bins-need-numbers': ({ field }) => [`「${field}」に数値がないため、区間に分けていません。`],
  'unknown-snap': ({ snap }) => [
    `span の開始位置に「@${snap}」は指定できません。`,
    '4h@h のように span の単位を指定します。週では 1w@w1 のような曜日、さらに 1d@d+6h のようなずれも指定できます。',
  ],
  'regex-stopped': ({ message }) => [
    `${japanesePhrase(message)}。`,
    '(a+)+ のような繰り返しの入れ子を避けてください。',
  ],
};

type PstreeLoss = SearchRunSayings['pstree-loss'];
type SomeLabels = Extract<PstreeLoss, { kind: 'empty-label' }>['labels'];

const reused = 'プロセス ID の再利用でもこうなります';
const fields = { parent: '親', child: '子', detail: '詳細' } as const;

function names({ first, more }: SomeLabels): string {
  const quoted = first.map((label) => `「${label}」`).join('');
  return more > 0 ? ja`${quoted}、他 ${more} 件` : quoted;
}

/** What a tree of labels cannot show. */
function pstreeLoss(loss: PstreeLoss): Wording[0] {
  switch (loss.kind) {
    case 'field-missing':
      return ja`${fields[loss.field]}のフィールドが ${loss.rows} 行のどれにもありません。${
        loss.field === 'detail' ? '' : 'このためツリーを描けません。'
      }`;
    case 'empty-label':
      return ja`${fields[loss.field]}のない ${loss.rows} 行が、空のラベルでつながっています: ${names(loss.labels)}`;
    case 'multivalue':
      return ja`${fields[loss.field]}のフィールドに複数の値を持つ行が ${loss.rows} 行あります。${
        loss.field === 'detail' ? '値は空白でつなぎました' : '最初の値だけを使いました'
      }: ${names(loss.labels)}`;
    case 'self-parent':
      return ja`自分自身を親とするラベルが ${loss.count} 件あります: ${names(loss.labels)}`;
    case 'no-root': {
      const each = loss.components.map(({ labels, loop }) => `${names(labels)} (循環: ${loop})`).join('、');
      const more = loss.more > 0 ? ja`、他 ${loss.more} 組` : '';
      return ja`循環のため根がなく、どのツリーにも現れないラベルが ${loss.count} 件あります (多くはプロセス ID の再利用): ${each}${more}`;
    }
    case 'repeated-edge':
      return ja`同じ親子の組を複数の行が示しているものが ${loss.count} 組あり、最後の行の詳細で 1 回だけ表示しています (${reused}): ${names(loss.labels)}`;
    case 'several-parents':
      return ja`親が複数あるラベルが ${loss.count} 件あり、その子をまとめて表示しています (${reused}): ${names(loss.labels)}`;
    case 'hosts-merged':
      return ja`複数のホストにあるラベル ${loss.count} 件を 1 つにまとめています。by=host で分けられます: ${names(loss.labels)}`;
    case 'cycle-cut':
      return ja`同じラベルが経路上に再び現れたため、${loss.count} か所で打ち切りました: ${names(loss.labels)}`;
    case 'edge-limit':
      return ja`異なる親子の組が ${loss.limit} を超えたため、${loss.rows} 行を使っていません。`;
    case 'output-limit':
      return ja`${loss.limit === 'characters' ? '文字数' : '処理量'}の上限に達したため、「${loss.root}」のツリーの途中、${loss.lines} 行で打ち切りました。`;
  }
}
