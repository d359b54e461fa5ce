import { identifier, joinSql, Parameters, type Sql, sql, textLiteral } from '../sql.ts';
import type { ParquetColumn } from '../store.ts';
import type { Engine } from './engine.ts';

const types: Readonly<Record<ParquetColumn['type'], Sql>> = {
  text: sql`String`,
  'optional-text': sql`Nullable(String)`,
  time: sql`DateTime64(7, 'UTC')`,
  whole: sql`UInt64`,
  json: sql`String`,
};

/**
 * Has the engine make a Parquet file of JSON lines. From the table of events itself it would be slower: the engine takes
 * fifty times as long as this program to make text of its JSON column. Rows are read and written in small groups, so that the
 * memory does not grow with the file, and in one lane, so that they keep the order of the lines; mapped, the lines would count as
 * memory of this process. Bloom filters and a higher level took a fifth of the processor's time and made the file larger, measured
 * on made-up Sysmon events.
 */
export async function writeParquet(
  engine: Engine,
  lines: string,
  target: string,
  columns: readonly ParquetColumn[],
): Promise<number> {
  const structure = joinSql(
    columns.map(({ name, type }) => sql`${identifier(name)} ${types[type]}`),
    sql`, `,
  );
  const names = joinSql(
    columns.map(({ name }) => identifier(name)),
    sql`, `,
  );
  await engine.execute(sql`INSERT INTO FUNCTION file(${textLiteral(target)}, 'Parquet')
SELECT ${names} FROM file(${textLiteral(lines)}, 'JSONEachRow', ${textLiteral(structure.text)})
SETTINGS input_format_json_read_objects_as_strings = 1, input_format_json_read_arrays_as_strings = 1,
input_format_skip_unknown_fields = 1, date_time_input_format = 'best_effort', max_threads = 2, max_block_size = 8192,
engine_file_truncate_on_insert = 1, output_format_parquet_row_group_size = 32768, output_format_parquet_row_group_size_bytes = 67108864,
min_insert_block_size_rows = 8192, min_insert_block_size_bytes = 33554432, output_format_parquet_compression_method = 'zstd',
output_format_compression_level = 1, output_format_parquet_write_bloom_filter = 0,
parallelize_output_from_storages = 0, storage_file_read_method = 'pread'`);
  const parameters = new Parameters();
  const counted = sql`SELECT count() FROM file(${parameters.bind(target, 'String')}, 'Parquet')`;
  const [row = []] = await engine.select({ sql: counted, parameters: parameters.values }, [
    { name: 'rows', type: 'number' },
  ]);
  return Number(row[0]);
}
