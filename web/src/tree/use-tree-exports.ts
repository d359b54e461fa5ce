import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../frame/notices.ts';
import { usePreferences } from '../frame/preferences.ts';
import { useReasonText } from '../process/reason-text.ts';
import { count } from '../text/quantity.ts';
import { clockOf, dateClockOf, readMoment, useZone, zoneLabel } from '../text/time.ts';
import { slotNames, slotText, slotWords } from './evidence-slots.tsx';
import { type ExportRow, exportRows } from './export-rows.ts';
import { grades } from './model/tree-columns.ts';
import { severityWord } from './severity-mark.tsx';
import { linkWithMoment } from './tree-link-text.ts';
import { treeReport } from './tree-report.ts';
import { gradeWord } from './tree-row.tsx';
import { svgToPng, treeSvg } from './tree-svg.ts';
import type { TreeView } from './use-tree-view.ts';

/** Rows of a report and of a picture; JSON and CSV have all. */
const mostInReport = 20_000;
const mostInPicture = 5_000;
const mostInPoints = 1_300;

export type ExportForm = 'html' | 'svg' | 'png';

/** Makes files of the rows that are shown, in the browser. */
export function useTreeExports(view: TreeView): { readonly exportAs: (form: ExportForm) => Promise<void> } {
  const { t } = useTranslation('tree');
  const { language } = usePreferences();
  const zone = useZone();
  const reason = useReasonText();
  const exportAs = useCallback(
    async (form: ExportForm) => {
      const { tree } = view.loaded;
      const moment = readMoment(tree.asof ?? tree.now) ?? 0;
      const title = `${tree.host}, ${t('title')}`;
      const asOf = `${t('asOf')} ${dateClockOf(moment, zone)} ${zoneLabel(moment, zone)}`;
      const gradeLine = grades
        .filter((grade) => tree.facts.grades[grade] > 0)
        .map((grade) => `${count(tree.facts.grades[grade])} ${t(gradeWord(grade))}`)
        .join(', ');
      const severity = (row: ExportRow) =>
        row.severity === 'none'
          ? ''
          : `${t(severityWord(row.severity))}${row.flags > 1 ? ` ${row.flags}` : ''}`;
      const most = { html: mostInReport, svg: mostInPicture, png: mostInPoints }[form];
      const { counts } = view.rows;
      const cut =
        view.rows.length > most ? t('exportCut', { count: view.rows.length - most }) : t('footNothingCut');
      const footer = [
        t('footProcesses', { count: view.loaded.columns.size }),
        t('footRows', { count: counts.rows }),
        t('footFolded', { count: counts.folded }),
        t('footNotOpened', { count: counts.notOpened }),
        cut,
      ].join(' | ');
      try {
        const rows = await exportRows(view, zone, most);
        const name = `keizu-${tree.host}`.replace(/[^\w.-]+/g, '_').slice(0, 80);
        if (form === 'html') {
          const html = treeReport(rows, {
            language,
            title,
            facts: [
              asOf,
              `${t('links')}: ${gradeLine}`,
              `${t('coverage')}: ${t('coverageCertain', { certain: tree.facts.coverage.certain, of: tree.facts.coverage.of })}`,
              ...tree.facts.coverage.lines,
            ],
            heads: {
              process: t('columnProcess'),
              start: t('columnStart'),
              delta: t('columnDelta'),
              user: t('columnUser'),
              command: t('columnCommand'),
              evidence: t('columnEvidence'),
              flags: t('columnFlags'),
            },
            grade: (row) => t(gradeWord(row.grade)),
            severity,
            reason,
            evidence: (row) =>
              row.details
                ? slotNames
                    .map(
                      (slot) =>
                        row.details &&
                        `${t(slotWords[slot])} ${slotText(row.details.evidence[slot]) || t('answerNotCollected')}`,
                    )
                    .join(', ')
                : '',
            below: (row) => t('belowTitle', { count: row.below, flagged: row.flaggedBelow }),
            clock: (time) => clockOf(time, zone, 'milliseconds'),
            moment: (time) => dateClockOf(time, zone, 'milliseconds'),
            footer,
            link: linkWithMoment(tree.asof ?? tree.now),
          });
          saveFile(new Blob([html], { type: 'text/html' }), `${name}.html`);
          return;
        }
        const svg = treeSvg(view, rows, zone, {
          title,
          subtitle: `${asOf}  |  ${gradeLine}`,
          claimed: t('gradeClaimed'),
          severity,
          footer,
        });
        if (form === 'svg') saveFile(new Blob([svg], { type: 'image/svg+xml' }), `${name}.svg`);
        else saveFile(await svgToPng(svg), `${name}.png`);
      } catch (error) {
        notify({
          kind: 'error',
          text: t('exportFailed', { message: error instanceof Error ? error.message : '' }),
        });
      }
    },
    [view, t, language, zone, reason],
  );
  return { exportAs };
}

function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
