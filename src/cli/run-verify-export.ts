import { jsonText, terminalText } from '../core/terminal-text.ts';
import { ExportError } from '../export/export-error.ts';
import { type ExportProblem, type ExportVerification, verifyExport } from '../export/verify-export.ts';
import { byteText, countOf, countText } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';
import { exportFailure } from './export-failure.ts';
import { progressLine } from './progress-line.ts';
import { writeOut } from './write-out.ts';

const problemTexts: Readonly<Record<ExportProblem['kind'], (problem: ExportProblem) => string>> = {
  missing: () => 'is missing',
  size: ({ expected, found }) => `has ${found} bytes, the manifest says ${expected}`,
  content: ({ expected, found }) => `has another content: SHA-256 ${found}, the manifest says ${expected}`,
  count: ({ expected, found }) => `has ${found} events, the manifest says ${expected}`,
  unlisted: () => 'is not in the manifest',
  outside: () => 'lies outside the folder, and was not looked at',
};

/** Holds the files of an export against its manifest. Fails where any differs. */
export async function runVerifyExport(folder: string, format: 'text' | 'json'): Promise<void> {
  const progress = progressLine(process.stderr);
  let verified: ExportVerification;
  try {
    verified = await verifyExport(folder, (path) => progress.show(`reading ${path}`));
  } catch (error) {
    throw error instanceof ExportError ? exportFailure(error) : error;
  } finally {
    progress.clear();
  }
  const { manifest, manifestSha256, problems } = verified;
  if (format === 'json') {
    for (const problem of problems)
      await writeOut(process.stdout, `${jsonText({ ...problem, kind: 'problem', problem: problem.kind })}\n`);
    await writeOut(
      process.stdout,
      `${jsonText({ kind: 'summary', files: manifest.files.length, events: manifest.events, problems: problems.length, manifestSha256 })}\n`,
    );
  } else {
    for (const problem of problems)
      await writeOut(
        process.stdout,
        `differs: ${terminalText(problem.path)} ${problemTexts[problem.kind](problem)}\n`,
      );
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    await writeOut(
      process.stdout,
      `${countOf(manifest.files.length, 'file')} (${byteText(bytes)}) of ${countOf(manifest.events, 'event')} read again: ${countText(problems.length)} ${problems.length === 1 ? 'problem' : 'problems'}.
The manifest itself: SHA-256 ${manifestSha256}
`,
    );
  }
  if (problems.length > 0) throw new CommandFailure('keizu: the export is not what its manifest says.');
}
