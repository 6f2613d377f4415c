// One page of a list, as both halves of the Store port give it.

export interface Page<T> {
  rows: T[];
  /** Opaque; null when this was the last page. */
  cursor: string | null;
}
