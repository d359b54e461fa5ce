import type { ReasonMessage } from '../../../src/server/contracts/reason.ts';
import { clockOf, readMoment } from '../text/time.ts';
import { japaneseClassName } from './class-label.ts';

type Values = NonNullable<ReasonMessage['values']>;

/** What a wording may use: the values of the reason, with moments on the reader's clock. */
interface Words {
  readonly text: (name: string) => string;
  readonly number: (name: string) => string;
  readonly clock: (name: string) => string;
  readonly things: string;
}

/** A reason in Japanese; `undefined` where there is no wording for its code. */
export function japaneseReason(reason: ReasonMessage, zone: string): string | undefined {
  const wording = wordings[reason.code];
  if (wording === undefined) return undefined;
  const values: Values = reason.values ?? {};
  const text = (name: string): string => String(values[name] ?? '');
  const said = wording({
    text,
    number: (name) => Number(values[name] ?? 0).toLocaleString('en'),
    clock: (name) => {
      const moment = readMoment(typeof values[name] === 'string' ? values[name] : null);
      return moment === undefined ? '不明な時刻' : clockOf(moment, zone);
    },
    things: japaneseClassName(text('class')),
  });
  const detail = values.detail;
  return detail === undefined || detail === null || detail === '' ? said : `${said} (${detail})`;
}

const wordings: Readonly<Record<string, (words: Words) => string>> = {
  // Why an edge has its grade
  'guid-named': () => '子が親の GUID を示している',
  'guid-unusable': () => '親の GUID が空またはすべて 0',
  'only-candidate': () => 'その時点でこのプロセス ID を持つプロセスは 1 つだけ',
  'several-candidates': () => '候補が複数ある',
  'image-agrees': () => 'イメージが子の申告と一致',
  'image-differs': () => 'イメージが子の申告と異なる',
  'command-line-agrees': () => 'コマンドラインが子の申告と一致',
  'command-line-differs': () => 'コマンドラインが子の申告と異なる',
  'alive-at-start': () => '子の開始時に稼働していた',
  'ended-before': () => '子の開始前に終了していた',
  'end-unknown': () => '終了時刻を示すイベントがない',
  'started-after': () => '子より後に開始した',
  'same-boot': () => '同じ起動のあいだに開始した',
  'other-boot': () => '別の起動に属する',
  'sequence-agrees': () => 'GUID の連番では同じ起動で先に生成された',
  'sequence-contradicts': () => 'GUID の連番では同じ起動で後に生成された',
  'logon-agrees': () => 'ログオン ID が同じ',
  'logon-differs': () => 'ログオン ID が異なる',
  'siblings-agree': () => '他の子も親について同じことを示している',
  'siblings-differ': () => '他の子は親について別のことを示している',
  'sensors-agree': () => '2 つのセンサーが同じ親を示している',
  'sensors-disagree': () => '2 つのセンサーが別の親を示している',
  'process-id-reused': () => 'プロセス ID が再利用されている',
  'loss-at-that-time': () => 'その時間のイベントが欠落している可能性がある',
  'not-seen-created': () => '生成は記録なし',
  'before-the-log': () => 'ログ開始より前に開始',
  'in-a-gap': () => 'ログの欠落中に開始',
  'not-collected': () => '当時プロセス開始は未収集',
  'self-parent': () => 'イベントが自身を親としている',
  'loop-cut': () => 'イベントが循環しているため、ここで切った',
  'says-nothing-of-parent': () => 'イベントに親の情報がない',
  // Why an event is taken for a process's
  'start-key-named': () => 'イベントがプロセス開始キー (GUID の末尾) を示している',
  'other-guid-named': () => '同じプロセス ID を持っていた以前のプロセスの GUID を示している',
  'process-id-agrees': () => 'イベントがプロセス ID を示している',
  'process-id-differs': () => 'GUID とは別のプロセス ID を示している',
  'alive-at-that-time': () => 'その時刻に稼働していた',
  'near-its-bounds': () => '稼働期間のすぐ外だが、時計の許容差の内',
  'start-unknown': () => '開始時刻が不明',
  'time-before-start': () => 'イベントの時刻が開始より前のため、時刻は疑わしい',
  'time-after-end': () => 'イベントの時刻が終了より後のため、遅れて書かれたか時刻が疑わしい',
  'names-no-process': () => 'イベントがプロセスを示していない',
  'user-agrees': () => 'ユーザーが同じ',
  // Why a tree of process ids is wrong
  'naive.id-taken-over': () => 'プロセス ID が後に再利用され、ID をキーにするツリーは最後の 1 つだけを残す',
  'naive.parent-after-child': (w) => `${w.text('parent')} は子より後に開始した`,
  'naive.parent-ended-before': (w) => `${w.text('parent')} は ${w.clock('at')} に終了していた`,
  'naive.parent-not-seen': (w) =>
    `本来の親の生成は記録がなく、${w.text('parent')} は同じ ID を持っていた別のプロセス`,
  // What is unusual about a process
  'unusual-folder': () => '通常は実行されないフォルダーから実行',
  'system-name-elsewhere': () => 'Windows のプログラム名だが、本来のフォルダーにない',
  'unexpected-parent': () => '通常とは異なる親から起動',
  'document-starts-shell': () => '文書を扱うプログラムがシェルを起動',
  'double-extension': () => '二重の拡張子',
  'direction-override': () => '文字の方向を変える文字を含む',
  'parent-spoofing-hint': () => '親の偽装の疑い',
  // What coverage answers
  found: (w) => `${w.number('count')} 件のイベント`,
  'no-host': (w) => `${w.text('host')} のログがない`,
  'no-product': (w) => `${w.text('host')} のログはいずれも${w.things}を記録しない`,
  'never-seen': (w) =>
    `${w.text('product')} は ${w.text('host')} で${w.things}を一度も記録していない (${
      w.text('byDefault') === 'off'
        ? '既定で無効'
        : w.text('seldom') === '1'
          ? '発生しなかった可能性あり'
          : '既定で有効'
    })`,
  'recorded.all': (w) => `${w.text('product')} が${w.things}を記録しており、欠落は知られていない`,
  'recorded.rules': (w) =>
    `${w.text('product')} が${w.things}を記録しており、規則による除外のほかに欠落は知られていない`,
  'recorded.audited': (w) => `${w.text('product')} は監査対象についてだけ${w.things}を記録する`,
  'loss.gap': (w) =>
    `${w.clock('from')}〜${w.clock('to')} に ${w.text('channel')} の ${w.number('count')} 件 (レコード ID ${w.text('firstMissing')}〜${w.text('lastMissing')}) が欠落`,
  'loss.gaps-not-listed': (w) =>
    `${w.text('channel')} のレコード ID にはほかに ${w.number('count')} か所の欠落がある`,
  'loss.dropped': (w) =>
    `${w.clock('from')}〜${w.clock('to')} にセンサーがこの種別を ${w.text('count') === '' ? '' : `${w.number('count')} 件`}取りこぼした`,
  'loss.cleared': (w) =>
    `${w.text('channel')} は ${w.clock('at')} に消去され、それ以前は読まれていない可能性がある`,
  'loss.stopped': (w) => `${w.text('channel')} の記録は ${w.clock('at')} に停止した`,
  'loss.reports-not-read': (w) =>
    `${w.text('channel')} のセンサー自身の報告 ${w.number('count')} 件を読んでいない`,
  'loss.before-log': (w) => `ログ ${w.text('channel')} は ${w.clock('at')} に始まる`,
  'loss.after-log': (w) => `ログ ${w.text('channel')} は ${w.clock('at')} に終わる`,
  'loss.other-configuration': (w) =>
    `センサーの設定が ${w.clock('at')} に変わり、その前後の${w.things}は記録されていない`,
  'covered-by': (w) =>
    `${w.text('product')} (${w.text('channel')}) にはこの時間の${w.things}が ${w.number('count')} 件ある`,
  // What record ids tell
  'record-ids.contiguous': (w) => `連続: ${idSpan(w)}`,
  'record-ids.gaps': (w) =>
    `欠落 ${w.number('gaps')} か所、${w.number('missing')} 件。ほかは連続: ${idSpan(w)}`,
  'record-ids.none': () => '判断できない: レコード ID を持つイベントがない',
  'record-ids.partly': (w) =>
    `判断できない: レコード ID があるのは ${w.number('events')} 件中 ${w.number('withId')} 件だけ`,
  'record-ids.forwarded': () => '判断できない: 転送されたイベントで、ID は収集側のもの、または元のログの一部',
  'record-ids.filtered': (w) =>
    `判断できない: ${w.number('ids')} 個の ID のうち ${w.number('gaps')} か所 (小さいもの ${w.number('smallGaps')}) が抜けており、転送時の絞り込みか抜き出しと見られる`,
  'record-ids.restarted': (w) =>
    `判断できない: ${w.number('backward')} か所で ID と時刻の順が合わず、ログの作り直しか、同じ名前の複数のマシンと見られる`,
  'record-ids.too-few': (w) =>
    `判断できない: ID が ${w.number('ids')} 個しかなく、欠落が ${w.number('gaps')} か所ある`,
  // What is asked of a file
  'file.coverage-not-asked': () => '収集状況を確認していない',
  'file.renames-not-recorded': () => '名前の変更を記録するソースがなく、変更後のファイルは作成なしに現れる',
  'file.same-content': (w) => `${w.text('path')} の内容が同じ (${w.text('hash')})`,
  'file.only-named': (w) =>
    `${w.number('events')} 件のイベントがコマンドラインか設定で示しており、実行した可能性がある`,
  'file.named-beside-address': (w) =>
    `${w.number('events')} 件のイベントが Web アドレスと並べて示している。ダウンロードの印を付けるのはブラウザーなどに限られる`,
  'file.not-marked': () =>
    'ダウンロードの印はないが、印を付けるのはブラウザーなどに限られ、PowerShell や bitsadmin などは付けない',
  'file.used-but-not-created': () => '使われた時には存在したが、作成を示すイベントがない',
};

function idSpan({ number, text }: Words): string {
  const twice =
    number('repeated') === '0' ? '' : `。${number('repeated')} 個の ID は同じイベントの別形式で 2 度ある`;
  return `ID ${number('ids')} 個 (${text('first')}〜${text('last')})${twice}`;
}
