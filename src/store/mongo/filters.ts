// Operators for filters. `sanitizeFilter` turns every object with a `$` that came from outside into an equality; ours are marked as trusted here,
// and nowhere else, so that no input can ever become an operator.
import mongoose from 'mongoose';

// With these two a filter that names an unknown path throws instead of matching everything (reliability.md §8).
mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', true);

type Sortable = number | string;

/** @returns a filter value: greater than `value`; the others read the same way. */
export const gt = <T extends Sortable>(value: T): { $gt: T } => mongoose.trusted({ $gt: value });
export const lt = <T extends Sortable>(value: T): { $lt: T } => mongoose.trusted({ $lt: value });
// Times and places are whole milliseconds and counts, so "at least" is "more than one less". The server used in tests leaves out
// what equals an inclusive bound in the middle of a compound index; MongoDB reads both alike.
export const gte = (value: number): { $gt: number } => gt(value - 1);
export const lte = (value: number): { $lt: number } => lt(value + 1);
/** The same for text, of which there is none just before. */
export const fromText = (value: string): { $gte: string } => mongoose.trusted({ $gte: value });
/** Both included. */
export const between = (from: number, to: number): { $gt: number; $lt: number } =>
  mongoose.trusted({ $gt: from - 1, $lt: to + 1 });
export const oneOf = <T>(values: readonly T[]): { $in: T[] } => mongoose.trusted({ $in: [...values] });
export const isSet = (): { $ne: null } => mongoose.trusted({ $ne: null });
export const isNot = (value: string): { $ne: string } => mongoose.trusted({ $ne: value });
/** For a list of words: one that begins so. */
export const begins = (prefix: string): { $elemMatch: { $gte: string; $lt: string } } =>
  mongoose.trusted({ $elemMatch: mongoose.trusted({ $gte: prefix, $lt: `${prefix}\u{10ffff}` }) });
