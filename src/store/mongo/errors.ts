// What an error of the driver means for us: try the command again, tell the caller that the store is away, or pass it on.
import { LoketError } from '../../contract/errors.ts';
import { TimeLimit } from '../../desk/within.ts';

/** Thrown inside a command whose record was changed meanwhile: the command runs again from the start. */
export class Overtaken extends Error {
  constructor() {
    super('another change came first');
    this.name = 'Overtaken';
  }
}

interface DriverError {
  name: string;
  code?: unknown;
  hasErrorLabel?: (label: string) => boolean;
}

const isDriverError = (error: unknown): error is DriverError & Error =>
  error instanceof Error && (/^Mongo/.test(error.name) || 'hasErrorLabel' in error);

/** @returns whether a unique key was hit. By shape: the driver's classes differ between module registries. */
export const isDuplicateKey = (error: unknown): boolean => isDriverError(error) && error.code === 11000;

/** @returns whether the same command may well succeed when it runs again at once: somebody else was quicker, or a node stepped down. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Overtaken ||
  isDuplicateKey(error) ||
  (isDriverError(error) && error.hasErrorLabel?.('TransientTransactionError') === true);

/** @returns whether a commit may or may not have happened; asking once more settles it. */
export const isUnknownCommit = (error: unknown): boolean =>
  isDriverError(error) && error.hasErrorLabel?.('UnknownTransactionCommitResult') === true;

/** @returns the error as the port knows it: everything the driver says about servers and lines is `store-away`. */
export function toPortError(error: unknown): unknown {
  if (error instanceof TimeLimit)
    return new LoketError('store-away', 'The store did not answer in time; try again.', { cause: error });
  if (error instanceof LoketError || (!isDriverError(error) && !(error instanceof Overtaken))) return error;
  return new LoketError('store-away', 'The store cannot be reached now; try again.', { cause: error });
}
