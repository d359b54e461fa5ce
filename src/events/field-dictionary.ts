/** How the store keeps a field: in a column of its own, or with all others in the JSON column. */
export type FieldStorage = 'text' | 'low-cardinality';

export interface FieldDefinition {
  readonly name: string;
  /** Column type for hot fields; undefined: the field lives in the JSON column. */
  readonly column?: FieldStorage;
  /** Trees read it of every process of a host: its column is compressed for speed of reading rather than for size. */
  readonly scanned?: true;
  /** Other names under which a search finds the same value (Splunk's add-on names, other spellings). */
  readonly aliases?: readonly string[];
  readonly description: string;
}
