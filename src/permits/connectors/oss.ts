// OSS, pulled: `checkLicenseStatus` of the K/L/D web service (apidoc 5.0.0 and its newer revision). Never run against the real service.
import { z } from 'zod';
import { maskPersonal } from '../../desk/identifiers.ts';
import { ConnectorFault, type PermitConnector } from '../../desk/permitConnectorPort.ts';
import type { PermitReport } from '../../desk/permitPort.ts';
import type { Clock } from '../../desk/ports.ts';
import { readPosition } from '../timeline/codes.ts';
import { postJson } from './postJson.ts';

const text = z.union([z.string(), z.number()]).transform(String);
const dataSchema = z.object({
  nib: text.nullish(),
  id_izin: text,
  kd_status: text,
  uraian_status: text.nullish(),
});
const answerSchema = z.object({ kode: text.nullish(), dataIZIN: z.unknown() });
/** Three spellings of one key: the documentation's text, its newer sample, and its sample of an error. */
const keys = ['responcheckLicenseStatus', 'responcheckStatusLicense', 'responsecheckStatusLicense'];

/**
 * @param parts `apiRoot`: the folder of the service's methods, without a slash at the end · `userKey`: the institution's key
 */
export function createOssConnector({
  apiRoot,
  userKey,
  clock,
}: {
  apiRoot: string;
  userKey: string;
  clock: Clock;
}): PermitConnector {
  return {
    name: 'oss',
    system: 'OSS',
    async lookup(number, signal) {
      const fetchedAt = clock.now();
      const url = `${apiRoot}/checkLicenseStatus`;
      const body = await postJson(url, { headers: { user_key: userKey }, body: { IZINSTATUS: { id_izin: number } }, signal });
      return toReport(body, number, fetchedAt);
    },
  };
}

/** The status also stands in the answer's own `kode`, whatever the status of HTTP was (apidoc, annex 9). */
function toReport(body: unknown, number: string, fetchedAt: number): PermitReport | null {
  const envelope = z.record(z.string(), z.unknown()).safeParse(body);
  const found = envelope.success ? keys.map((key) => envelope.data[key]).find((value) => value !== undefined) : undefined;
  const answer = answerSchema.safeParse(found);
  if (!answer.success) throw new ConnectorFault('wrong-answer');
  const { kode, dataIZIN } = answer.data;
  if (kode === '401' || kode === '403') throw new ConnectorFault('denied');
  if (kode === '500' || kode === '504') throw new ConnectorFault('busy');
  if (kode === '400' || kode === '405') throw new ConnectorFault('refused');
  if (kode === '404') return null;
  const data = dataSchema.safeParse(dataIZIN);
  // An answer about another application must never be told as this one's.
  if (!data.success || data.data.id_izin.trim().toUpperCase() !== number) throw new ConnectorFault('wrong-answer');
  const { nib, kd_status, uraian_status } = data.data;
  return {
    ...{ system: 'OSS', number, otherNumbers: nib && /^\d{13}$/.test(nib) ? [nib] : [], service: null },
    person: { name: null, phone: null, nikTail: null },
    status: { ...readPosition('oss', { code: kd_status, text: maskPersonal(uraian_status ?? '') }), reason: null, since: null },
    ...{ note: null, submittedAt: null, fetchedAt },
  };
}
