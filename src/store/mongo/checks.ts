// What this house asks of a MongoDB before it keeps anything there: each refusal says why, and what to do.
import type { Connection } from 'mongoose';
import { LoketError } from '../../contract/errors.ts';

/** Older ones are out of support, and transactions and read concerns changed meanwhile. */
const OLDEST_MAJOR = 7;

/**
 * The address may not ask for less durability than is promised to citizens; what it leaves out is set by us.
 * @throws LoketError `invalid`, without quoting the address: it may hold a password
 */
export function checkUri(uri: string): void {
  if (!/^mongodb(\+srv)?:\/\//.test(uri)) throw refused('must begin with mongodb:// or mongodb+srv://');
  const query = new URLSearchParams(uri.split('?')[1] ?? '');
  const given = new Map([...query].map(([name, value]) => [name.toLowerCase(), value.toLowerCase()]));
  const w = given.get('w');
  if (w !== undefined && w !== 'majority')
    throw refused(`asks for w=${w}: an acknowledged message could be lost. Write w=majority, or leave it out`);
  for (const name of ['journal', 'j'])
    if (given.get(name) === 'false') throw refused(`asks for ${name}=false: an acknowledged message could be lost. Leave it out`);
  const preference = given.get('readpreference');
  if (preference !== undefined && preference !== 'primary')
    throw refused('asks for another readPreference than primary: officers would see old conversations. Leave it out');
  const concern = given.get('readconcernlevel');
  if (concern !== undefined && concern !== 'majority') throw refused('asks for a weaker readConcernLevel. Leave it out');
  if (given.get('retrywrites') === 'false') throw refused('asks for retryWrites=false. Leave it out');
}

const refused = (what: string) => new LoketError('invalid', `MONGODB_URI ${what}.`);

/** @throws LoketError `failed` when the server is no replica set or too old */
export async function checkServer(connection: Connection): Promise<void> {
  const admin = connection.db?.admin();
  if (admin === undefined) throw new LoketError('store-away', 'MongoDB does not answer.');
  const hello = (await admin.command({ hello: 1 })) as { setName?: string; msg?: string };
  if (hello.setName === undefined && hello.msg !== 'isdbgrid')
    throw new LoketError(
      'failed',
      'This MongoDB is a standalone server: without a replica set nothing it acknowledges is safe, and there are no transactions. Make it a replica set (three members; one is enough to try).',
    );
  const { version } = (await admin.command({ buildInfo: 1 })) as { version: string };
  if (Number.parseInt(version, 10) < OLDEST_MAJOR)
    throw new LoketError('failed', `This MongoDB is version ${version}: Loket needs ${OLDEST_MAJOR}.0 or newer.`);
}
