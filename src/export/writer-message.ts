/** What a writing thread is told. Files have numbers; their pieces come in order. */
export type ToWriter =
  | { readonly kind: 'open'; readonly file: number; readonly path: string }
  /** The first `length` bytes of memory that is the thread's until it gives it back. */
  | {
      readonly kind: 'write';
      readonly file: number;
      readonly memory: Uint8Array<ArrayBuffer>;
      readonly length: number;
    }
  | { readonly kind: 'finish'; readonly file: number };

/** What it answers. */
export type FromWriter =
  | { readonly kind: 'written'; readonly memory: Uint8Array<ArrayBuffer> }
  /** The file is on disk and closed. */
  | { readonly kind: 'finished'; readonly file: number; readonly bytes: number; readonly sha256: string }
  /** Nothing more is written to any file. */
  | { readonly kind: 'failed'; readonly path: string; readonly code: string; readonly message: string };
