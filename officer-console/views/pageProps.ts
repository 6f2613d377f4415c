// What every page of pages.ts gets: the rest of its address.

export interface PageProps {
  /** `#/<path>/<rest>?<query>` */
  rest: string;
  query: Record<string, string>;
}
