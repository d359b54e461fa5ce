import type { SearchPhrasePattern } from '../../../../src/server/contracts/diagnostics.ts';

/** Every phrase in Japanese; `%1` and `%2` stand for the pieces that the English has at its first and second `%s`. */
export const japanesePhrases: { readonly [Pattern in SearchPhrasePattern]: string } = {
  number: '数値',
  text: '文字列',
  condition: '条件',
  value: '値',
  field: 'フィールド',
  'multivalue field': '複数値フィールド',

  this: 'ここ',
  '"%s"': '「%1」',
  'the operator %s': '演算子 %1',
  'the sign %s': '符号 %1',
  'argument %s': '%1 番目の引数',
  'argument %s of %s': '「%2」の %1 番目の引数',
  'the BY clause': 'BY 句',
  'the split field': '系列に分けるフィールド',
  sorting: '並べ替え',

  ')': ')',
  'a value': '値',
  'a value before %s': '%1 の前の値',
  'a value between ( and )': '( ) の中の値',
  'a search term': '検索語',
  'a term before AND': 'AND の前の検索条件',
  'a term before OR': 'OR の前の検索条件',
  'a term after AND': 'AND の後の検索条件',
  'a term after OR': 'OR の後の検索条件',
  'a term after NOT': 'NOT の後の検索条件',
  'a term between ( and )': '( ) の中の検索条件',
  'an operator': '演算子',
  'an operator or )': '演算子または )',
  'an operator or a comma': '演算子またはコンマ',
  'a comma or )': 'コンマまたは )',
  'the name of a command': 'コマンド名',
  'a field': 'フィールド',
  'a field after BY': 'BY の後のフィールド',
  'a field after OVER': 'OVER の後のフィールド',
  'a field after sortby': 'sortby の後のフィールド',
  'a field after the sign': '符号の後のフィールド',
  'a field to sort by': '並べ替えに使うフィールド',
  'at least one field': '1 つ以上のフィールド',
  'at least one statistic': '1 つ以上の統計関数',
  'a name after AS': 'AS の後の名前',
  'AS and a name for "%s"': '「%1」に対する AS と新しい名前',
  'a pair of names: field AS name': '「フィールド AS 名前」の組',
  'a text in %s()': '%1() の中の文字列',
  'a regular expression in quotes': '引用符で囲んだ正規表現',
  'a group ( ) in its tokenizer': 'tokenizer の中のグループ ( )',
  'a function such as ctime(field)': 'ctime(field) などの関数',
  'the option %s': 'オプション %1',
  'the options %s and %s': 'オプション %1 と %2',
  'format=csv or format=json with data': 'data とあわせて format=csv または format=json',
  'data="…" with format': 'format とあわせて data="…"',
  'where %s in top5, notin bottom5, > 3 or < 3':
    'where %1 に続けて in top5、notin bottom5、> 3、< 3 のような条件',

  'true or false': 'true または false',
  'one of %s': '次のいずれか (%1)',
  'a number': '数値',
  'a text': '文字列',
  'a quoted text': '引用符で囲んだ文字列',
  'the name of a field': 'フィールド名',
  'a whole number': '整数',
  'a whole number from %s up': '%1 以上の整数',
  'a whole number from %s to %s': '%1 から %2 までの整数',
  'a count such as 10, top5 or bottom5': '10、top5、bottom5 のような個数',
  'a length such as 5m, 1d, 10 or 2log10': '5m、1d、10、2log10 のような幅',
  'a length of time such as 30s or 5m': '30s、5m のような時間の長さ',
  'a time such as -30m, 2024-05-14T10:30:00Z or epoch seconds':
    '-30m、2024-05-14T10:30:00Z、エポック秒のような時刻',
  'a condition in parentheses': '( ) で囲んだ条件',
  'a base from 2 to 36': '2 から 36 までの基数',
  'a block such as 10.0.0.0/8 or 2001:db8::/32': '10.0.0.0/8、2001:db8::/32 のようなアドレス範囲',
  'a path such as a.b{0}.c': 'a.b{0}.c のようなパス',
  'CSV whose quotes are closed': '引用符が閉じている CSV',
  'CSV with a header of names': '列名のヘッダー行がある CSV',
  'CSV with different names in its header': 'ヘッダーの列名が重複しない CSV',
  'CSV without more values than names in a row': '各行の値の数が列名の数を超えない CSV',
  'a JSON array of objects': 'オブジェクトを並べた JSON 配列',

  'no arguments': '引数なし',
  '1 argument': '引数 1 個',
  '%s arguments': '引数 %1 個',
  'at least 1 argument': '引数 1 個以上',
  'at least %s arguments': '引数 %1 個以上',
  '%s to %s arguments': '引数 %1〜%2 個',
  'pairs of a condition and a value': '条件と値の組',
  'pairs of a name and a value': '名前と値の組',
  'an argument for each conversion': '変換指定ごとに 1 個の引数',

  'count together with data': 'count と data の併用',
  'an expression of statistics in %s': '%1 での統計関数どうしの式',
  'Compute the statistics with AS and the expression with eval behind it.':
    '統計関数の結果に AS で名前を付け、後の eval で式を計算してください。',
  'Use earliest= and latest= instead.': '代わりに earliest= と latest= を使ってください。',
  'Search for the fields that define it instead.':
    '代わりに、その定義に使われるフィールドを検索してください。',

  'it must begin with s/ or y/': 's/ または y/ で始める必要があります',
  'a closing %s is missing': '閉じる %1 がありません',
  'y takes no flags, found %s': 'y にフラグ (%1) は付けられません',
  'both lists of y must have the same length': 'y の 2 つの並びは同じ長さにする必要があります',
  'unknown flags %s': '不明なフラグ %1 があります',
  'a name is expected behind the `': '` の後に名前がありません',
  '( is expected behind %s': '%1 の後に ( がありません',
  'the ( of %s has no closing )': '%1 の ( に対応する ) がありません',
  'macros bring in more and more of them': 'マクロの展開が終わりません',
  'it is null': '値が null です',

  'the pattern has %s characters, more than %s': 'パターンが %1 文字あり、上限の %2 文字を超えています',
  '\\ at the end of the pattern': 'パターンの末尾に \\ があります',
  '\\%s is not supported': '\\%1 には対応していません',
  '\\%s is not supported in a character class': '文字クラスの中の \\%1 には対応していません',
  'malformed \\p or \\P': '\\p または \\P の書き方に誤りがあります',
  'character code is too large': '文字コードが大きすぎます',
  'missing terminating ] for a character class': '文字クラスを閉じる ] がありません',
  'POSIX collating elements are not supported': 'POSIX の照合要素には対応していません',
  'unknown POSIX class name %s': '%1 という POSIX 文字クラスはありません',
  'range out of order in character class': '文字クラスの範囲の前後が逆です',
  'unmatched closing parenthesis': '対応する ( のない ) があります',
  'reference to the group %s, which does not exist': '存在しないグループ %1 を参照しています',
  'groups are nested more than %s deep': 'グループの入れ子が %1 段を超えています',
  'quantifier does not follow a repeatable item': '量指定子の前に、繰り返せるものがありません',
  'number too big in {} quantifier': '{} の量指定子の数が大きすぎます',
  'numbers out of order in {} quantifier': '{} の量指定子の数の大小が逆です',
  'missing ) after (?# comment': '(?# で始まるコメントを閉じる ) がありません',
  'verbs such as (*UTF8) are not supported': '(*UTF8) などの指定には対応していません',
  'missing closing parenthesis': '閉じる ) がありません',
  'two groups are named %s': '%1 という名前のグループが 2 つあります',
  'a group name has letters, digits and _, begins with no digit and ends with >':
    'グループ名は英数字と _ で書き、先頭を数字以外にして > で閉じます',
  'conditional groups are not supported': '条件付きグループには対応していません',
  'branch reset groups are not supported': '番号をリセットするグループには対応していません',
  'unrecognized character after (?': '(? の後の文字を解釈できません',
  'the flag %s is not supported': 'フラグ %1 には対応していません',
  'this combination of features is not supported': 'この機能の組み合わせには対応していません',
  'not supported (%s)': '対応していません (%1)',
  'the regular expression took more than %s ms on %s texts: it backtracks without end':
    '正規表現の処理が %2 件の文字列に対して %1 ミリ秒を超えました。バックトラックが終わりません',
  'the regular expression failed: %s': '正規表現を実行できませんでした: %1',
};

const longestPiece = 60;

/** With what stands fast most first: `argument %s of %s` is tried before `argument %s`. */
const filled = Object.entries(japanesePhrases)
  .filter(([pattern]) => pattern.includes('%s'))
  .sort(([one], [other]) => other.replaceAll('%s', '').length - one.replaceAll('%s', '').length)
  .map(([pattern, wording]) => ({
    form: new RegExp(
      `^${pattern
        .split('%s')
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('(.*)')}$`,
      's',
    ),
    wording,
  }));

/** A phrase in Japanese; one that is not known as it is. */
export function japanesePhrase(text: string): string {
  if (Object.hasOwn(japanesePhrases, text)) return japanesePhrases[text as SearchPhrasePattern];
  for (const { form, wording } of filled) {
    const pieces = form.exec(text);
    if (pieces) return wording.replace(/%([12])/g, (_, place) => cut(pieces[Number(place)] ?? ''));
  }
  return text;
}

/** At most 60 characters of a text. */
export function cut(text: string): string {
  const points = [...text.slice(0, longestPiece * 2)];
  return points.length > longestPiece ? `${points.slice(0, longestPiece).join('')}…` : text;
}
