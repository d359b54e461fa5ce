/** Why an export or its verification cannot be: what, and what to do. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
  }
}

/** The same for what the system says of a file. */
export function fileError(path: string, error: unknown): ExportError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ExportError(
      `no space is left for ${path}`,
      'The export is not finished. Make room, and start the same export again: it goes on where it was at its last checkpoint.',
      error,
    );
  return new ExportError(`cannot write ${path}: ${message}`, undefined, error);
}
