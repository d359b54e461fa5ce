import { Popover } from '@base-ui/react/popover';
import { CalendarClock, ChevronDown } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../frame/preferences.ts';
import { lengthText } from '../../text/duration.ts';
import { clockOf, dateClockOf, offsetText, zoneLetters, zoneOffset } from '../../text/time.ts';
import {
  absoluteBound,
  presetOf,
  presets,
  readBound,
  spanText,
  type TypedRange,
  writeBound,
} from '../time-range.ts';

interface Props {
  readonly range: TypedRange;
  /** The moments that the store's events span, in milliseconds since 1970. */
  readonly data: { readonly first: number; readonly last: number } | undefined;
  readonly onRange: (range: TypedRange) => void;
}

/** A range in words: a preset's name, two moments, or what was typed. */
export function useRangeText(range: TypedRange): { readonly text: string; readonly zone: string } {
  const { t } = useTranslation('search');
  const { zone, language } = usePreferences();
  const preset = presetOf(range);
  if (preset) return { text: t(preset.key), zone: '' };
  const from = absoluteBound(range.earliest);
  const to = absoluteBound(range.latest);
  const letters =
    zoneLetters(from ?? to ?? Date.now(), zone) ?? offsetText(zoneOffset(from ?? Date.now(), zone));
  if (from !== undefined && to !== undefined)
    return { text: spanText(from, to, zone, language), zone: letters };
  const bound = (text: string | undefined, moment: number | undefined): string =>
    moment === undefined ? (text ?? '') : dateClockOf(moment, zone, 'seconds');
  if (range.latest === undefined)
    return { text: t('since', { from: bound(range.earliest, from) }), zone: letters };
  if (range.earliest === undefined)
    return { text: t('until', { to: bound(range.latest, to) }), zone: letters };
  return { text: `${bound(range.earliest, from)} – ${bound(range.latest, to)}`, zone: letters };
}

export function TimePicker({ range, data, onRange }: Props) {
  const { t } = useTranslation('search');
  const [open, setOpen] = useState(false);
  const { text, zone } = useRangeText(range);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="btn pick" aria-label={`${t('timeRange')}: ${text} ${zone}`}>
        <CalendarClock size={14} aria-hidden />
        <span className="num">{text}</span>
        {zone !== '' && <span className="z">{zone}</span>}
        <ChevronDown size={12} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className="positioner">
          <Popover.Popup className="popover pickpop" aria-label={t('timeRange')}>
            <Choices
              range={range}
              data={data}
              onRange={(next) => {
                setOpen(false);
                onRange(next);
              }}
              onCancel={() => setOpen(false)}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choices({ range, data, onRange, onCancel }: Props & { readonly onCancel: () => void }) {
  const { t } = useTranslation('search');
  const { zone, language } = usePreferences();
  const id = useId();
  const [from, setFrom] = useState(() => writeBound(range.earliest, zone));
  const [to, setTo] = useState(() => writeBound(range.latest, zone));
  const chosen = presetOf(range);
  const earliest = readBound(from, zone);
  const latest = readBound(to, zone);
  const fromMoment = earliest.kind === 'bound' ? absoluteBound(earliest.text) : undefined;
  const toMoment = latest.kind === 'bound' ? absoluteBound(latest.text) : undefined;
  const backwards = fromMoment !== undefined && toMoment !== undefined && toMoment <= fromMoment;
  const fault =
    earliest.kind === 'fault' || latest.kind === 'fault'
      ? t('notATime')
      : backwards
        ? t('toBeforeFrom')
        : undefined;
  const spl = [
    earliest.kind === 'bound' && earliest.text !== undefined ? `earliest=${splBound(earliest.text)}` : '',
    latest.kind === 'bound' && latest.text !== undefined ? `latest=${splBound(latest.text)}` : '',
  ]
    .filter(Boolean)
    .join(' ');

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (fault !== undefined || earliest.kind === 'fault' || latest.kind === 'fault') return;
    onRange({ earliest: earliest.text, latest: latest.text });
  };
  const readSpl = (text: string): void => {
    const found = (name: string): string =>
      new RegExp(`${name}\\s*=\\s*(?:"([^"]*)"|(\\S+))`).exec(text)?.slice(1).find(Boolean) ?? '';
    setFrom(writeBound(found('earliest') || undefined, zone));
    setTo(writeBound(found('latest') || undefined, zone));
  };
  const zoneText = `${zone} (UTC${offsetText(zoneOffset(fromMoment ?? Date.now(), zone))})`;

  return (
    <>
      <div className="pl">
        {presets.map((preset) => (
          <button
            key={preset.key}
            type="button"
            aria-pressed={preset === chosen}
            onClick={() => onRange(preset.range)}
          >
            {t(preset.key)}
          </button>
        ))}
        {data && (
          <>
            <hr />
            <button
              type="button"
              onClick={() =>
                onRange({
                  earliest: new Date(data.first).toISOString(),
                  latest: new Date(data.last + 1).toISOString(),
                })
              }
            >
              {t('allData')}
            </button>
          </>
        )}
      </div>
      <form className="pr" onSubmit={submit}>
        <label htmlFor={`${id}from`}>{t('from')}</label>
        <input
          id={`${id}from`}
          className="field m"
          spellCheck={false}
          placeholder={t('beginning')}
          aria-invalid={earliest.kind === 'fault'}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <label htmlFor={`${id}to`}>{t('to')}</label>
        <input
          id={`${id}to`}
          className="field m"
          spellCheck={false}
          placeholder={t('end')}
          aria-invalid={latest.kind === 'fault' || backwards}
          aria-describedby={`${id}fault`}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <label htmlFor={`${id}spl`}>{t('orSpl')}</label>
        <input
          // The line follows the two fields until it is written in.
          key={spl}
          id={`${id}spl`}
          className="field m"
          spellCheck={false}
          placeholder="earliest=-1h@h latest=now"
          defaultValue={spl}
          onBlur={(event) => event.target.value !== spl && readSpl(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.currentTarget.value === spl) return;
            event.preventDefault();
            readSpl(event.currentTarget.value);
          }}
        />
        <p
          id={`${id}fault`}
          className={fault === undefined ? 'about' : 'about fieldfault'}
          aria-live="polite"
        >
          {fault ??
            [
              fromMoment !== undefined && toMoment !== undefined
                ? `${lengthText(toMoment - fromMoment, language)}, ${zoneText}.`
                : `${zoneText}.`,
              data
                ? t('dataReaches', {
                    from: dateClockOf(data.first, zone),
                    to:
                      dateClockOf(data.last, zone).slice(0, 10) === dateClockOf(data.first, zone).slice(0, 10)
                        ? clockOf(data.last, zone)
                        : dateClockOf(data.last, zone),
                  })
                : '',
            ].join(' ')}
        </p>
        <span className="acts">
          <button type="submit" className="btn sm primary" disabled={fault !== undefined}>
            {t('apply')}
          </button>
          <button type="button" className="btn sm ghost" onClick={onCancel}>
            {t('cancel')}
          </button>
        </span>
      </form>
    </>
  );
}

function splBound(text: string): string {
  return /^[\w@+-]+$/.test(text) ? text : `"${text}"`;
}
