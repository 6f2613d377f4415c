// Listens to every query mongoose sends, and asks the server afterwards how it would run each kind of them.
import mongoose, { type Connection } from 'mongoose';

interface Query {
  collection: string;
  filter: Record<string, unknown>;
  sort: Record<string, 1 | -1> | undefined;
}

/** Filters of one kind differ in their values only. */
const kindOf = ({ collection, filter, sort }: Query) => `${collection} ${shape(filter)} sort ${JSON.stringify(sort ?? {})}`;

function shape(value: unknown): string {
  if (Array.isArray(value))
    return value.some((one) => typeof one === 'object') ? `[${[...new Set(value.map(shape))].join()}]` : '?';
  if (typeof value !== 'object' || value === null) return '?';
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}: ${shape(inner)}`)
    .join(', ')}}`;
}

export interface QueryLog {
  /** One query of each kind that ran. */
  kinds(): Map<string, Query>;
  stop(): void;
}

/** Begins to listen. */
export function logQueries(): QueryLog {
  const found = new Map<string, Query>();
  const add = (collection: string, filter: unknown, sort?: Query['sort']) => {
    const query = { collection, filter: filter as Query['filter'], sort };
    found.set(kindOf(query), query);
  };
  mongoose.set('debug', (collection: string, method: string, first: unknown, second: unknown, third: unknown) => {
    if (/^(find|findOne|countDocuments|deleteOne|deleteMany)$/.test(method))
      add(collection, first, (second as { sort?: Query['sort'] } | undefined)?.sort);
    else if (/^(updateOne|updateMany|findOneAndUpdate)$/.test(method)) add(collection, first, (third as Query)?.sort);
    else if (method === 'bulkWrite')
      for (const operation of first as { updateOne?: Query; deleteOne?: Query }[]) {
        const filter = (operation.updateOne ?? operation.deleteOne)?.filter;
        if (filter !== undefined) add(collection, filter);
      }
  });
  return { kinds: () => found, stop: () => void mongoose.set('debug', false) };
}

/** @returns the stages of the plan the server chose */
export async function stagesOf(connection: Connection, { collection, filter, sort }: Query): Promise<string[]> {
  const cursor = connection.collection(collection).find(filter);
  const plan = JSON.stringify((await (sort === undefined ? cursor : cursor.sort(sort)).explain()) as unknown);
  return [...plan.matchAll(/"stage":"(\w+)"/g)].map(([, stage]) => stage!);
}

/**
 * MongoDB's own rule: an index serves a query that narrows its first field, and gives its order when the fields of the sort
 * follow fields that are held equal, all in the index's direction or all against it.
 * @returns whether one of the indexes does both
 */
export function isServed({ filter, sort }: Query, indexes: { key: Record<string, 1 | -1> }[]): boolean {
  const parts = [filter, ...((filter.$and as Query['filter'][] | undefined) ?? [])];
  const conditions = new Map(parts.flatMap((part) => Object.entries(part)));
  const isEqual = (field: string) => {
    const value = conditions.get(field);
    const operators = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return conditions.has(field) && operators.every((name) => name === '$in' || !name.startsWith('$'));
  };
  return [{ _id: 1 as const }, ...indexes.map(({ key }) => key)].some((key) => {
    const fields = Object.entries(key);
    const narrows = conditions.has(fields[0]![0]);
    const wanted = Object.entries(sort ?? {});
    const from = wanted.length === 0 ? 0 : fields.findIndex(([field]) => field === wanted[0]![0]);
    if (from < 0 || !narrows || !fields.slice(0, from).every(([field]) => isEqual(field))) return false;
    const turned = wanted.map(([field, direction], i) =>
      fields[from + i]?.[0] === field ? fields[from + i]![1] * direction : 0,
    );
    return turned.every((sign) => sign === 1) || turned.every((sign) => sign === -1);
  });
}
