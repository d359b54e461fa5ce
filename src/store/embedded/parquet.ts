import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { identifier, Parameters, type Query, sql, textLiteral } from '../sql.ts';
import { type QueryLimits, StoreError, type TextsBeside } from '../store.ts';
import type { Engine } from './engine.ts';

export interface ParquetFile {
  readonly beside: TextsBeside;
  readonly target: string;
  readonly limits: QueryLimits;
}

/**
 * Has the engine make a Parquet file of rows and the texts beside them. It hands the rows of a join on in as many streams as it has threads,
 * which would be written as they come: a union of one stream at a time keeps them in one, and the file is encoded in
 * two threads all the same. Rows are read and written in small groups, so that the memory does
 * not grow with the file, and the texts in one lane, so that they keep their order; mapped, they would count as memory of this
 * process. Bloom filters and a higher level took a fifth of the processor's time and made the file larger, measured on made-up Sysmon events.
 */
export async function writeParquet(
  engine: Engine,
  query: Query,
  { beside, target, limits }: ParquetFile,
): Promise<number> {
  const [key, name] = [identifier(beside.key), identifier(beside.name)];
  const statement = sql`INSERT INTO FUNCTION file(${textLiteral(target)}, 'Parquet') WITH joined AS (
  SELECT rows.*, texts.text AS ${name} FROM (${query.sql}) AS rows
  PASTE JOIN (SELECT key, text FROM file(${textLiteral(beside.path)}, 'RowBinary', 'key String, text String')) AS texts
  WHERE NOT throwIf(rows.${key} != texts.key, 'the texts beside are of other rows')
) SELECT * FROM joined UNION ALL SELECT * FROM joined LIMIT 0
SETTINGS max_threads = 2, max_streams_for_union_step = 1, max_block_size = 8192, engine_file_truncate_on_insert = 1,
output_format_parquet_row_group_size = 32768, output_format_parquet_row_group_size_bytes = 67108864,
min_insert_block_size_rows = 8192, min_insert_block_size_bytes = 33554432, output_format_parquet_compression_method = 'zstd',
output_format_compression_level = 1, output_format_parquet_write_bloom_filter = 0,
parallelize_output_from_storages = 0, storage_file_read_method = 'pread'`;
  await engine.insertElsewhere({ sql: statement, parameters: query.parameters }, limits);
  const parameters = new Parameters();
  const counted = sql`SELECT count() FROM file(${parameters.bind(target, 'String')}, 'Parquet')`;
  try {
    const [row = []] = await engine.select({ sql: counted, parameters: parameters.values }, [
      { name: 'rows', type: 'number' },
    ]);
    return Number(row[0]);
  } catch (error) {
    const { bavail, bsize } = await statfs(dirname(target));
    throw brokenFile(target, bavail * bsize, error);
  }
}

/** With less room than that, what the engine held back is what did not fit. */
const heldBack = 4 << 20;

/** The engine says nothing where a disk is full: the file has no end. */
export function brokenFile(target: string, free: number, cause: unknown): StoreError {
  return free < heldBack
    ? new StoreError('store-full', `no space is left for ${target}`, 'Make room.', cause)
    : new StoreError('query-failed', `${target} was not written whole`, 'Run the command again.', cause);
}
