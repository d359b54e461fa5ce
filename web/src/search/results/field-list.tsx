import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchState } from '../../../../src/server/contracts/search.ts';
import { count } from '../../text/quantity.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { askRows } from './ask-rows.ts';

interface Props {
  readonly state: SearchState;
  readonly base: string;
  readonly onCondition: (field: string, value: string, include: boolean) => void;
}

const first = [
  'host',
  'user',
  'EventCode',
  'Image',
  'ParentImage',
  'CommandLine',
  'ProcessId',
  'ParentProcessId',
  'source',
  'sourcetype',
];

function rank(name: string): number {
  const at = first.indexOf(name);
  return at < 0 ? first.length : at;
}

/** The fields of the events that were found; one that is opened shows its most frequent values. */
export function FieldList({ state, base, onCondition }: Props) {
  const { t } = useTranslation('search');
  const [sought, setSought] = useState('');
  const [open, setOpen] = useState<string>();
  const low = sought.toLowerCase();
  const names = state.columns
    .map((column) => column.name)
    .filter((name) => !name.startsWith('_') && name.toLowerCase().includes(low))
    .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other, 'en'));
  return (
    <aside className="fields" aria-label={t('fields')} data-region>
      <h3>
        {t('fields')}
        <span className="num">{count(names.length)}</span>
      </h3>
      <input
        className="field"
        type="search"
        aria-label={t('findField')}
        placeholder={t('findField')}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      <ul>
        {names.map((name) => (
          <li key={name}>
            <button
              type="button"
              aria-expanded={open === name}
              onClick={() => setOpen(open === name ? undefined : name)}
            >
              {open === name ? <ChevronDown size={11} aria-hidden /> : <ChevronRight size={11} aria-hidden />}
              <RecordedText text={name} most={60} />
            </button>
            {open === name && <TopValues state={state} base={base} field={name} onCondition={onCondition} />}
          </li>
        ))}
      </ul>
    </aside>
  );
}

function TopValues({ state, base, field, onCondition }: Props & { readonly field: string }) {
  const { t } = useTranslation('search');
  const quoted = /^\w+$/.test(field) ? field : `"${field.replaceAll('"', '\\"')}"`;
  const values = useQuery({
    queryKey: ['top-values', state.id, field],
    queryFn: ({ signal }) =>
      askRows(
        {
          text: `${base} | top limit=10 ${quoted}`,
          ...(state.earliest === null ? {} : { earliest: state.earliest }),
          ...(state.latest === null ? {} : { latest: state.latest }),
        },
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (values.error) return <p className="dim">{values.error.message}</p>;
  if (!values.data) return <span className="skel" />;
  return (
    <ul className="topvalues">
      {values.data.rows.map((row) => {
        const value = String(row[0] ?? '');
        return (
          <li key={value}>
            <span className="value" title={value}>
              <RecordedText text={value} most={120} />
            </span>
            <span className="num">{count(Number(row[1] ?? 0))}</span>
            <button
              type="button"
              className="tb sq xs"
              aria-label={`${t('include')}: ${value}`}
              title={t('include')}
              onClick={() => onCondition(field, value, true)}
            >
              <Plus size={11} aria-hidden />
            </button>
            <button
              type="button"
              className="tb sq xs"
              aria-label={`${t('exclude')}: ${value}`}
              title={t('exclude')}
              onClick={() => onCondition(field, value, false)}
            >
              <Minus size={11} aria-hidden />
            </button>
          </li>
        );
      })}
      {values.data.rows.length === 0 && <li className="dim">{t('noValue')}</li>}
    </ul>
  );
}
