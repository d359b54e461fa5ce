import { InvalidArgumentError } from 'commander';
import type { ArrivalSource } from '../ingest/arrival.ts';

/** Reads where arrivals are recorded: `file-time`, else the name of a field. */
export function arrivalSource(text: string): ArrivalSource {
  if (text === 'file-time') return { kind: 'file-time' };
  if (text.trim() === '') throw new InvalidArgumentError('Expected file-time or the name of a field.');
  return { kind: 'field', name: text };
}
