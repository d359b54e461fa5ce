import type { SearchRunSayings, SearchTextSayings } from '../../../../src/server/contracts/diagnostics.ts';
import { cut, japanesePhrase as phrase } from './japanese-phrases.ts';
import { japaneseRunFaults } from './japanese-run-faults.ts';
import { japanese as ja, type Wording, type Wordings } from './wording.ts';

function show(text: string): string {
  return text === '' ? '検索文の終わり' : `「${cut(text)}」`;
}

function nearest(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `最も近い名前は「${name}」です。`;
}

const conditionAsValue = 'if(条件, "yes", "no") などで条件を値に変えてください。';

/** What can be said about the text of a search, in Japanese. */
const japaneseTextFaults: Wordings<SearchTextSayings> = {
  'search-too-long': ({ length, limit }) => [ja`検索文が ${length} 文字あります。上限は ${limit} 文字です。`],
  'empty-search': () => ['検索文が空です。', 'すべてを検索するには * と書きます。'],
  'unclosed-quote': ({ quote }) => [
    `この ${quote} を閉じる ${quote} がありません。`,
    quote === '"' ? '引用符の中では、引用符を \\"、バックスラッシュを \\\\ と書きます。' : undefined,
  ],
  'unclosed-bracket': () => ['この [ を閉じる ] がありません。'],
  'unclosed-comment': () => ['このコメントを閉じる ``` がありません。'],
  'unclosed-macro': () => ['この ` を閉じる ` がありません。'],
  'unclosed-parenthesis': ({ of }) => [
    of === undefined ? 'この ( を閉じる ) がありません。' : ja`${cut(of)}の ( を閉じる ) がありません。`,
  ],
  'stray-character': ({ text }) => [`${show(text)}はここでは意味を持ちません。`],
  'unexpected-token': ({ found, expected }) => [
    ja`ここには${phrase(expected)}が必要ですが、${show(found)}${found === '' ? 'になっています' : 'があります'}。`,
  ],
  'missing-part': ({ expected }) => [ja`${phrase(expected)}がありません。`],
  'too-deep': ({ limit }) => [
    ja`式の入れ子が ${limit} 段を超えています。`,
    '長い連結も入れ子になります。値が多いときは フィールド IN (a, b, c) と書きます。',
  ],

  'too-many-stages': ({ limit }) => [ja`パイプで区切ったステージが ${limit} 個を超えています。`],
  'empty-stage': () => ['パイプの後にコマンドがありません。', 'パイプを消すか、後にコマンドを書きます。'],
  'unknown-command': ({ name, nearest: near }) => [
    `「${cut(name)}」というコマンドはありません。`,
    nearest(near),
  ],
  'command-not-supported': ({ name }) => [`コマンド「${name}」にはまだ対応していません。`],
  'subsearch-not-supported': () => ['[ ] によるサブサーチにはまだ対応していません。'],
  'generating-command-not-first': ({ name }) => [
    `「${name}」は自分で行を作るコマンドなので、先頭に置く必要があります。`,
  ],
  'not-a-generating-command': ({ name }) => [
    `「${name}」は行を処理するコマンドなので、先頭には置けません。`,
    'パイプの前に、index=main などの検索を書いてください。',
  ],
  'command-name-as-term': ({ name }) => [
    `「${name}」を語として検索します。`,
    ja`コマンドとして実行するには | ${name} と書きます。`,
  ],
  'unknown-option': ({ command, name, nearest: near }) => [
    `「${command}」に「${cut(name)}」というオプションはありません。`,
    nearest(near),
  ],
  'option-not-supported': ({ command, name }) => [
    `「${command}」のオプション「${name}」にはまだ対応していません。`,
  ],
  'option-given-twice': ({ name }) => [`「${name}」が重複して指定されています。`],
  'bad-option-value': ({ name, found, expected }) => [
    found === ''
      ? ja`「${name}」には${phrase(expected)}を指定します。値がありません。`
      : ja`「${name}」には${phrase(expected)}を指定します。${show(found)}は指定できません。`,
  ],
  'missing-argument': ({ command, what }) => [ja`「${command}」には${phrase(what)}が必要です。`],
  'too-many-arguments': ({ command, found }) => [
    ja`「${command}」では、この位置に${show(found)}を指定できません。`,
  ],
  'bad-count': ({ found, expected }) => [
    ja`${show(found)}は個数として正しくありません。${phrase(expected)}を指定します。`,
  ],
  'form-not-supported': ({ what, instead }) => [
    ja`${phrase(what)}にはまだ対応していません。`,
    instead && phrase(instead),
  ],

  'lower-case-operator': ({ word }) => [
    `「${word}」を語として検索します。ここでは演算子を大文字で書きます。`,
    `演算子にするには ${word.toUpperCase()}、語として検索するには "${word}" と書きます。`,
  ],
  'operator-not-in-search': ({ word }) => [
    ja`search コマンドに演算子 ${word} はありません。`,
    `| where を使うか、語として検索するには "${word}" と引用符で囲みます。`,
  ],
  'single-quotes-in-search': ({ name }) => [
    ja`search コマンドでは、一重引用符はフィールド名 ${cut(name)} の一部になります。`,
    '空白を含むフィールド名は二重引用符で囲みます。',
  ],
  'missing-value': ({ field }) => [
    `${show(field)}と比較する値がありません。`,
    ja`空の値は ${field}=""、任意の値は ${field}=* と書きます。`,
  ],
  'modifier-not-supported': ({ name, instead }) => [
    `検索修飾子「${name}」にはまだ対応していません。`,
    phrase(instead),
  ],
  'time-modifier-operator': ({ name, operator }) => [ja`「${name}」は ${operator} ではなく = で指定します。`],
  'time-modifier-as-field': ({ name }) => [
    `「${name}」で時間範囲を指定できるのは最初のステージだけです。ここではフィールドとして比較します。`,
    '最初のパイプより前に移すか、| where _time >= relative_time(now(), "-1h") と書きます。',
  ],
  'bad-time-modifier': ({ name, value }) => [
    `${show(value)}は「${name}」の時刻として読めません。`,
    '例: -24h、-7d@d、@w1、now、1700000000、"10/15/2023:20:00:00"、"2023-10-15T20:00:00Z"',
  ],
  'empty-time-range': () => ['時間範囲が空です。earliest が latest より前ではありません。'],

  'incomplete-expression': ({ expected }) => [ja`式が不完全です。${phrase(expected)}がありません。`],
  'bad-number': ({ text }) => [
    `${show(text)}は数値でもフィールド名でもありません。`,
    ja`数字で始まるフィールド名は '${cut(text)}' のように一重引用符で囲みます。`,
  ],
  'missing-assignment': () => ['代入になっていません。eval には フィールド=式 が必要です。'],
  'unknown-function': ({ name, nearest: near, statistic }) => [
    `「${cut(name)}」という関数はありません。`,
    statistic === true ? `「${name}」は統計関数です。stats などのコマンドで使います。` : nearest(near),
  ],
  'function-not-supported': ({ name }) => [`関数「${name}」にはまだ対応していません。`],
  'wrong-argument-count': ({ name, found, expected }) => [
    ja`「${name}」に必要なのは${phrase(expected)}ですが、${found} 個あります。`,
  ],
  'number-needed': ({ where }) => [
    ja`${phrase(where)}には、引用符で囲んだ文字列ではなく数値が必要です。`,
    '引用符を外すか、tonumber() を使います。',
  ],
  'string-needed': ({ where }) => [ja`${phrase(where)}には、数値ではなく文字列が必要です。`],
  'different-types': ({ operator, left, right }) => [
    ja`${operator} で${phrase(left)}と${phrase(right)}を組み合わせることはできません。`,
    operator === '+' ? '文字列はドット (.) で連結するか、tonumber() で数値に変えてください。' : undefined,
  ],
  'condition-needed': ({ where, found }) => [
    ja`${phrase(where)}には、${phrase(found)}ではなく条件が必要です。`,
  ],
  'boolean-value': ({ where }) => [ja`${phrase(where)}には、条件ではなく値が必要です。`, conditionAsValue],
  'boolean-assigned': ({ field }) => [`条件を${show(field)}に代入することはできません。`, conditionAsValue],
  'one-field-only': ({ name, fields }) => [
    ja`「${name}」で使うフィールドは 1 つだけです (現在 ${fields.length} 個)。`,
  ],
  'literal-needed': ({ name, argument }) => [
    ja`「${name}」の${phrase(argument)}は、引用符で囲んだ文字列にする必要があります。`,
  ],

  'unknown-statistic': ({ name, nearest: near }) => [
    name === '' ? '統計関数がありません。' : `「${cut(name)}」という統計関数はありません。`,
    nearest(near),
  ],
  'statistic-not-supported': ({ name, outside }) => [
    outside === undefined
      ? `統計関数「${name}」にはまだ対応していません。`
      : `統計関数「${name}」には、「${outside}」以外ではまだ対応していません。`,
  ],
  'statistic-needs-field': ({ name }) => [
    ja`統計関数「${name}」には ${name}(フィールド) のようにフィールドが必要です。`,
  ],
  'statistic-takes-no-field': ({ name }) => [`統計関数「${name}」にはフィールドを指定しません。`],
  'eval-needs-name': ({ text }) => [ja`${text}には名前が必要です。`, ja`${text} AS 名前 と書きます。`],
  'name-used-twice': ({ name }) => [`${show(name)}という名前の結果が 2 つあります。`],
  'wildcard-mismatch': ({ from, to }) => [`${show(from)}と${show(to)}のワイルドカードの数が異なります。`],
  'wildcard-not-allowed': ({ where, name }) => [
    ja`${phrase(where)}ではワイルドカードを使えません: ${show(name)}`,
  ],
  'split-field-aggregated': ({ field }) => [
    `${show(field)}を、グラフの系列に分けると同時に集計することはできません。`,
  ],
  'percentile-out-of-range': ({ text }) => [
    `${show(text)}はパーセンタイルとして正しくありません。0 から 100 の数を指定します。`,
  ],

  'bad-regex': ({ message }) => [`正規表現に誤りがあります: ${phrase(message)}。`],
  'regex-without-group': () => [
    '正規表現に名前付きグループがないため、何も抽出されません。',
    '抽出する部分に (?<名前>…) の形で名前を付けてください。',
  ],
  'regex-not-supported-here': ({ name }) => [
    `この正規表現は先読み、後読み、後方参照のいずれかを使っており、ここでは「${name}」で実行できません。`,
    'regex または rex コマンドを使うか、それらを含まないパターンにしてください。',
  ],
  'bad-sed-script': ({ message }) => [
    `sed 式に誤りがあります: ${phrase(message)}。`,
    '書式: s/正規表現/置換/フラグ (フラグは g または数)、y/abc/xyz/',
  ],

  'unknown-macro': ({ name, arguments: count, known }) => [
    count === 0
      ? `「${cut(name)}」というマクロはありません。`
      : ja`引数 ${count} 個の「${cut(name)}」というマクロはありません。`,
    known.length > 0 ? `定義済み: ${known.join('、')}` : undefined,
  ],
  'bad-macro-call': ({ message }) => [`マクロの呼び出しに誤りがあります: ${phrase(message)}。`],
  'macro-needs-evaluation': ({ name }) => [`マクロ「${name}」は評価が必要ですが、ここでは対応していません。`],
  'macro-evaluation-failed': ({ name, because }) => [
    `マクロ「${name}」の結果が得られません: ${
      typeof because === 'string'
        ? `${phrase(because)}。`
        : (japaneseFault(because.code, because.parameters)?.[0] ?? because.message)
    }`,
  ],
  'macro-argument-invalid': ({ name, message }) => [
    `マクロ「${name}」の引数が正しくありません: ${message ?? '検証に失敗しました。'}`,
  ],
  'macro-too-deep': ({ name, limit }) => [
    ja`マクロ「${name}」の入れ子が ${limit} 段を超えています。`,
    'マクロから自分自身を呼び出すことはできません。',
  ],
  'macro-too-large': ({ limit }) => [ja`マクロを展開した検索文が ${limit} 文字を超えています。`],
};

export const japaneseFaults: Wordings<SearchTextSayings & SearchRunSayings> = {
  ...japaneseTextFaults,
  ...japaneseRunFaults,
};

/** What a code says in Japanese; undefined where it is not known. */
export function japaneseFault(code: string, parameters: object): Wording | undefined {
  if (!Object.hasOwn(japaneseFaults, code)) return undefined;
  const wording = japaneseFaults[code as keyof typeof japaneseFaults] as (of: object) => Wording;
  return wording(parameters);
}
