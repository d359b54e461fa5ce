/** What a writing thread is told. Files have numbers; their pieces come in order. */
export type ToWriter =
  | { readonly kind: 'open'; readonly file: number; readonly path: string }
  /** A file of which so many bytes are there already, of that SHA-256 in hexadecimal digits; what is behind them is cut off. */
  | {
      readonly kind: 'reopen';
      readonly file: number;
      readonly path: string;
      readonly bytes: number;
      readonly sha256: string;
    }
  /** The first `length` bytes of memory that is not changed until they are written. */
  | {
      readonly kind: 'write';
      readonly file: number;
      readonly memory: Uint8Array;
      readonly length: number;
    }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'finish'; readonly file: number };

/** What it answers. */
export type FromWriter =
  /** One more piece, in their order. */
  | { readonly kind: 'written' }
  /** Whether the file was as it was said to be; only then it is open, and was cut. */
  | { readonly kind: 'reopened'; readonly file: number; readonly isSame: boolean }
  /** What was handed over of the open files before is on disk. */
  | { readonly kind: 'checkpoint'; readonly files: readonly FileOnDisk[] }
  /** The file is on disk and closed. */
  | ({ readonly kind: 'finished' } & FileOnDisk)
  /** Nothing more is written to any file. */
  | { readonly kind: 'failed'; readonly path: string; readonly code: string; readonly message: string };

/** What a file has on disk. */
export interface FileOnDisk {
  readonly file: number;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}
