import { FolderOpen, Link as LinkIcon, Plus, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../text/clipboard.ts';
import { count } from '../../text/quantity.ts';
import { isRunning, useRunningSearch } from '../running-searches.ts';
import { requestOf } from '../search-request.ts';
import { HistoryMenu } from './history-menu.tsx';
import { HuntMenu } from './hunt-menu.tsx';
import { SaveHunt } from './save-hunt.tsx';
import { changeStep, stepName, useWorkingHunt, type WorkingStep } from './working-hunt.ts';

interface Props {
  readonly current: number;
  readonly zone: string;
  readonly onStep: (at: number) => void;
  readonly onRemove: (at: number) => void;
  readonly onHunt: () => void;
  readonly onHistory: (step: Pick<WorkingStep, 'text' | 'earliest' | 'latest'>) => void;
}

/** The steps of the hunt as tabs, and what can be done with the hunt. */
export function HuntTrail({ current, zone, onStep, onRemove, onHunt, onHistory }: Props) {
  const { t } = useTranslation('search');
  const hunt = useWorkingHunt();
  const onKey = (event: KeyboardEvent): void => {
    const to = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: hunt.steps.length - 1 }[
      event.key
    ];
    if (to === undefined || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    const next = (to + hunt.steps.length) % hunt.steps.length;
    onStep(next);
    document.getElementById(`step-${next}`)?.focus();
  };
  return (
    <div className="trail" data-region>
      <HuntMenu onHunt={onHunt}>
        <FolderOpen size={14} aria-hidden />
        <b>{hunt.name || t('unsavedHunt')}</b>
      </HuntMenu>
      <div role="tablist" aria-label={t('steps')} onKeyDown={onKey} tabIndex={-1}>
        {hunt.steps.map((step, at) => (
          <StepTab
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
            key={at}
            step={step}
            at={at}
            zone={zone}
            isCurrent={at === current}
            isOnly={hunt.steps.length === 1}
            onStep={onStep}
            onRemove={onRemove}
          />
        ))}
      </div>
      <button
        type="button"
        className="tb sq xs"
        aria-label={t('newStep')}
        title={t('newStep')}
        onClick={() => onStep(hunt.steps.length)}
      >
        <Plus size={14} aria-hidden />
      </button>
      <span className="grow" />
      <HistoryMenu onEntry={onHistory} />
      <SaveHunt />
      <button
        type="button"
        className="tb"
        onClick={() => void copyText(location.href, t('linkCopied'))}
        title={t('copyLinkHint')}
      >
        <LinkIcon size={14} aria-hidden />
        <span>{t('copyLink')}</span>
      </button>
    </div>
  );
}

function StepTab({
  step,
  at,
  zone,
  isCurrent,
  isOnly,
  onStep,
  onRemove,
}: {
  readonly step: WorkingStep;
  readonly at: number;
  readonly zone: string;
  readonly isCurrent: boolean;
  readonly isOnly: boolean;
  readonly onStep: (at: number) => void;
  readonly onRemove: (at: number) => void;
}) {
  const { t } = useTranslation('search');
  const [naming, setNaming] = useState(false);
  const link = {
    q: step.text,
    ...(step.earliest === undefined ? {} : { earliest: step.earliest }),
    ...(step.latest === undefined ? {} : { latest: step.latest }),
  };
  const search = useRunningSearch(requestOf(link, zone));
  const name = stepName(step);
  if (naming)
    return (
      <input
        className="stepname"
        aria-label={t('stepName')}
        defaultValue={step.title || name}
        // The field appears because a person asked to write in it.
        // biome-ignore lint/a11y/noAutofocus: see above
        autoFocus
        onFocus={(event) => event.target.select()}
        onBlur={(event) => {
          changeStep(at, { title: event.target.value.trim() });
          setNaming(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setNaming(false);
        }}
      />
    );
  return (
    <span className={isCurrent ? 'step on' : 'step'} role="presentation">
      <button
        type="button"
        role="tab"
        id={`step-${at}`}
        aria-selected={isCurrent}
        tabIndex={isCurrent ? 0 : -1}
        title={isCurrent ? t('renameHint') : name}
        onClick={() => onStep(at)}
        onDoubleClick={() => setNaming(true)}
        onKeyDown={(event) => {
          if (event.key === 'F2') setNaming(true);
          if (event.key === 'Delete' && !isOnly) onRemove(at);
        }}
      >
        <span className="n">{at + 1}</span>
        <span className="name">{name || t('newStep')}</span>
        {search && (
          <span className="r num">
            {isRunning(search)
              ? '…'
              : search.state && t('rows', { count: search.state.rows, text: count(search.state.rows) })}
          </span>
        )}
      </button>
      {isCurrent && !isOnly && (
        <button
          type="button"
          className="stepx"
          tabIndex={-1}
          aria-label={t('removeStep')}
          onClick={() => onRemove(at)}
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}
