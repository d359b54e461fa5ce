import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Download, Link2, Pencil, StickyNote, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../src/server/contracts/cases.ts';
import { notify } from '../frame/notices.ts';
import { useSaidText } from '../process/said-text.ts';
import { copyText } from '../text/clipboard.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';
import { AddNote } from './add-note.tsx';
import { caseReport } from './case-report.ts';
import { caseQuery, changeCase, changeItem, removeCase, removeItem } from './cases-queries.ts';
import { readTags } from './tags.ts';

interface Props {
  readonly id: string;
  readonly item: string | undefined;
  readonly tag: string | undefined;
}

type Item = CaseView['items'][number];

/** A case: its notes in the order of the evidence that they are pinned to. */
export function CaseBook({ id, item, tag }: Props) {
  const { t } = useTranslation('cases');
  const { data, error, refetch } = useQuery(caseQuery(id));
  useEffect(() => {
    if (data) document.title = `${data.case.name} · Keizu`;
  }, [data]);
  if (error)
    return (
      <div className="blank centred" role="alert">
        <b>{error.message}</b>
        <span>
          <button type="button" className="btn sm" onClick={() => void refetch()}>
            {t('tryAgain')}
          </button>
          <Link className="btn sm" to="/cases" search={{}}>
            {t('allCases')}
          </Link>
        </span>
      </div>
    );
  if (!data) return <div className="waiting" aria-busy="true" />;
  const tags = [...new Set(data.items.flatMap((each) => each.tags))].sort();
  const shown = tag === undefined ? data.items : data.items.filter((each) => each.tags.includes(tag));
  return (
    <div className="casespage">
      <BookHead view={data} />
      {data.case.description !== '' && (
        <p className="casetext">
          <RecordedText text={data.case.description} lines />
        </p>
      )}
      {tags.length > 0 && (
        <p className="casetags">
          {tags.map((each) => (
            <Link
              key={each}
              className="chip"
              to="/cases"
              search={{ case: id, ...(each !== tag && { tag: each }) }}
              aria-current={each === tag}
            >
              {each}
            </Link>
          ))}
        </p>
      )}
      {data.items.length === 0 ? (
        <div className="blank">
          <b>{t('noItems')}</b>
          <p>{t('noItemsHint')}</p>
        </div>
      ) : (
        <ol className="caseitems">
          {shown.map((each) => (
            <ItemView key={each.id} caseId={id} item={each} chosen={each.id === item} />
          ))}
        </ol>
      )}
    </div>
  );
}

function BookHead({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation('cases');
  const said = useSaidText();
  const zone = useZone();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const { id, status, name } = view.case;
  const tell = (error: unknown): void =>
    notify({ kind: 'error', text: t('failed', { message: error instanceof Error ? error.message : '' }) });
  const report = (): void => {
    const html = caseReport(view, {
      language: document.documentElement.lang,
      clock: (moment) => dateClockOf(moment, zone, 'milliseconds'),
      made: t('reportMade', { count: view.items.length, time: dateClockOf(Date.now(), zone) }),
      missing: t('missing'),
      said,
    });
    const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `keizu-case-${name.replace(/[^\w.-]+/g, '_').slice(0, 60)}.html`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <header>
      <div className="casename">
        <Link className="dim" to="/cases" search={{}}>
          {t('title')}
        </Link>
        <h1>
          <RecordedText text={name} />
        </h1>
        <span className="pill">{t(status)}</span>
      </div>
      <div className="acts">
        <AddNote pin={{ kind: 'none' }} className="btn" label={t('addPlain')}>
          <StickyNote size={14} aria-hidden />
          {t('addPlain')}
        </AddNote>
        <button type="button" className="btn" onClick={report}>
          <Download size={14} aria-hidden />
          {t('report')}
        </button>
        <button type="button" className="btn" onClick={() => void copyText(window.location.href)}>
          <Link2 size={14} aria-hidden />
          {t('copyLink')}
        </button>
        <button
          type="button"
          className="btn"
          onClick={() => void changeCase(id, { status: status === 'open' ? 'closed' : 'open' }).catch(tell)}
        >
          {t(status === 'open' ? 'close' : 'reopen')}
        </button>
        <button
          type="button"
          className="btn danger"
          onClick={() => {
            if (!sure) return setSure(true);
            void removeCase(id).then(() => navigate({ to: '/cases', search: {} }), tell);
          }}
          onBlur={() => setSure(false)}
        >
          <Trash2 size={14} aria-hidden />
          {t(sure ? 'removeSure' : 'remove')}
        </button>
      </div>
    </header>
  );
}

interface ItemProps {
  readonly caseId: string;
  readonly item: Item;
  readonly chosen: boolean;
}

function ItemView({ caseId, item, chosen }: ItemProps) {
  const { t } = useTranslation('cases');
  const zone = useZone();
  const [editing, setEditing] = useState(false);
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: 'center' });
  }, [chosen]);
  return (
    <li className={chosen ? 'chosen' : undefined} ref={place}>
      <PinnedTo item={item} />
      {editing ? (
        <EditItem caseId={caseId} item={item} onDone={() => setEditing(false)} />
      ) : (
        <>
          {item.text !== '' && (
            <p className="casetext">
              <RecordedText text={item.text} lines />
            </p>
          )}
          <p className="casemeta">
            {item.tags.map((tag) => (
              <span key={tag} className="pill">
                {tag}
              </span>
            ))}
            <span className="dim num">
              {item.author} {dateClockOf(readMoment(item.created) ?? 0, zone)}
            </span>
            <button
              type="button"
              className="tb sq xs"
              aria-label={t('edit')}
              title={t('edit')}
              onClick={() => setEditing(true)}
            >
              <Pencil size={12} aria-hidden />
            </button>
            <button
              type="button"
              className="tb sq xs"
              aria-label={t('remove')}
              title={t('remove')}
              onClick={() =>
                void removeItem(caseId, item.id).catch((error: unknown) =>
                  notify({ kind: 'error', text: error instanceof Error ? error.message : '' }),
                )
              }
            >
              <Trash2 size={12} aria-hidden />
            </button>
          </p>
        </>
      )}
    </li>
  );
}

/** What a note is pinned to, with a way to it. */
function PinnedTo({ item }: { readonly item: Item }) {
  const { t } = useTranslation('cases');
  const said = useSaidText();
  const zone = useZone();
  const { pin, pinned } = item;
  switch (pin.kind) {
    case 'process': {
      const process = pinned.process;
      if (!process) return <p className="dim">{t('missing')}</p>;
      const start = readMoment(process.start);
      return (
        <div className="pinned">
          <span className="num when">
            {start === undefined ? '' : dateClockOf(start, zone, 'milliseconds')}
          </span>
          <span>
            <b className="nm">
              <RecordedText text={process.name} />
            </b>{' '}
            <span className="pid">{process.pid}</span>{' '}
            <span className="dim">
              <RecordedText text={process.host} />
            </span>
            {process.commandLine !== null && (
              <code>
                <RecordedText text={process.commandLine} most={400} />
              </code>
            )}
          </span>
          <Link className="lnk" to="/tree" search={{ host: process.host, id: pin.processId }}>
            {t('showTree')}
          </Link>
        </div>
      );
    }
    case 'event': {
      const event = pinned.event;
      if (!event) return <p className="dim">{t('missing')}</p>;
      return (
        <div className="pinned">
          <span className="num when">{dateClockOf(readMoment(event.time) ?? 0, zone, 'milliseconds')}</span>
          <span>
            <b className="nm">
              {event.product} {event.eventCode}
            </b>{' '}
            <span className="dim">
              <RecordedText text={event.host} />
            </span>
            <code>
              <RecordedText text={said(event)} most={400} />
            </code>
          </span>
          <Link className="lnk" to="/tree" search={{ host: event.host, raw: event.id }}>
            {t('showEvent')}
          </Link>
        </div>
      );
    }
    case 'view':
      return (
        <div className="pinned">
          <span className="when" />
          <a className="lnk" href={pin.link}>
            {t('showView')}
          </a>
        </div>
      );
    case 'none':
      return null;
  }
}

interface EditProps {
  readonly caseId: string;
  readonly item: Item;
  readonly onDone: () => void;
}

function EditItem({ caseId, item, onDone }: EditProps) {
  const { t } = useTranslation('cases');
  const [text, setText] = useState(item.text);
  const [tags, setTags] = useState(item.tags.join(', '));
  const [fault, setFault] = useState('');
  return (
    <form
      className="edititem"
      onSubmit={(event) => {
        event.preventDefault();
        changeItem(caseId, item.id, { text, tags: readTags(tags) }).then(onDone, (error: unknown) =>
          setFault(error instanceof Error ? error.message : String(error)),
        );
      }}
    >
      <textarea
        className="field"
        rows={3}
        aria-label={t('note')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <input
        className="field"
        aria-label={t('tags')}
        value={tags}
        onChange={(event) => setTags(event.target.value)}
      />
      {fault !== '' && (
        <p className="fieldfault" role="alert">
          {fault}
        </p>
      )}
      <span>
        <button type="button" className="btn sm ghost" onClick={onDone}>
          {t('cancel')}
        </button>
        <button type="submit" className="btn sm primary">
          {t('save')}
        </button>
      </span>
    </form>
  );
}
