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
      'The export is not finished. Make room and let it go on, by the same command or on the page: what it has written so far is kept.',
      error,
    );
  return new ExportError(`cannot write ${path}: ${message}`, undefined, error);
}
