import { Link } from '@tanstack/react-router';
import { ArrowRight, CornerDownRight, Plus } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison, MovedLink } from '../../../src/server/contracts/compare.ts';
import { Glyph } from '../frame/glyph.tsx';
import { useReasonText } from '../process/reason-text.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { deltaText } from '../tree/model/delta-text.ts';
import { gradeWord } from '../tree/tree-row.tsx';

interface Props {
  readonly comparison: Comparison;
  readonly nth: number;
  readonly onChoose: (nth: number) => void;
}

/** Why each link moved, from the events. */
export function MovedList({ comparison, nth, onChoose }: Props) {
  const { t } = useTranslation('compare');
  return (
    <section aria-labelledby="cmp-why">
      <h2 id="cmp-why">{t('whyHead')}</h2>
      {comparison.moved.length === 0 ? (
        <p>{t('agreeShort')}</p>
      ) : (
        <ul className="dif">
          {comparison.moved.slice(0, 200).map((link, at) => (
            <MovedItem
              key={link.process.id}
              link={link}
              chosen={at === nth}
              onChoose={() => onChoose(at)}
              host={comparison.right.host}
            />
          ))}
        </ul>
      )}
      {comparison.moved.length > 200 && (
        <p className="dim">{t('whyMore', { count: comparison.moved.length - 200 })}</p>
      )}
    </section>
  );
}

interface ItemProps {
  readonly link: MovedLink;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly host: string;
}

function MovedItem({ link, chosen, onChoose, host }: ItemProps) {
  const { t } = useTranslation(['compare', 'tree']);
  const reason = useReasonText();
  const Icon = link.verdict === 'not-on-left' ? Plus : CornerDownRight;
  const sentences = link.reasons
    .slice(0, 4)
    .map((each) =>
      each.code === 'naive.parent-after-child' && link.naiveDeltaMs !== null && link.naiveParent !== null
        ? t('startedBeforeBy', { time: deltaText(link.naiveDeltaMs).slice(1), name: link.naiveParent.name })
        : reason(each),
    );
  if (link.verdict === 'cut') sentences.unshift(t('whyCut'));
  return (
    <li className={chosen ? 'chosen' : undefined}>
      <Icon className={link.verdict === 'not-on-left' ? 'i nw' : 'i'} size={14} aria-hidden />
      <div>
        <div className="l1">
          <button type="button" className="nm plain" onClick={onChoose} aria-current={chosen}>
            <RecordedText text={link.process.name} />
          </button>
          <span className="pid">{link.process.pid}</span>
          {link.verdict === 'not-on-left' ? (
            <span className="to">{t('tagAdded')}</span>
          ) : (
            <span className="to">
              <span className="x">
                {link.naiveParent ? (
                  <RecordedText text={`${link.naiveParent.name} ${link.naiveParent.pid ?? ''}`} />
                ) : (
                  t('tagNone')
                )}
              </span>
              <ArrowRight className="i" size={12} aria-hidden />
              {link.parent ? (
                <RecordedText text={`${link.parent.name} ${link.parent.pid ?? ''}`} />
              ) : (
                t('tagNone')
              )}
            </span>
          )}
          <span className="gtag">
            <Glyph grade={link.grade} />
            {t(gradeWord(link.grade), { ns: 'tree' })}
          </span>
        </div>
        <p>
          {sentences.map((text, at) => (
            <Fragment key={text}>
              {at > 0 && t('sentenceGap')}
              <RecordedText text={sentence(text)} />
              {t('sentenceEnd')}
            </Fragment>
          ))}{' '}
          {link.eventId !== null && (
            <Link to="/tree" search={{ host, id: link.process.id, raw: link.eventId }}>
              {t('event')}
            </Link>
          )}
        </p>
      </div>
    </li>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A line of the text that is copied. */
export function movedText(link: MovedLink): string {
  const name = (process: MovedLink['parent']) =>
    process === null ? '(none)' : `${process.name} (${process.pid ?? '?'})`;
  return `${link.verdict}  ${name(link.process)}  by process id: ${name(link.naiveParent)}  by identity: ${name(link.parent)} [${link.grade}]  ${link.reasons.map((reason) => reason.text).join('; ')}`;
}
