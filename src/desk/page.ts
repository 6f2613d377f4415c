// One page of a list, as every sub-port of the store answers.
export interface Page<T> {
  rows: T[];
  /** Opaque; null when this was the last page. */
  cursor: string | null;
}
