// Short ways to make permit reports for tests.
import type { PermitStatus } from '../../src/contract/permit.ts';
import { findNumbers } from '../../src/desk/permitNumbers.ts';
import type { PermitReport } from '../../src/desk/permitPort.ts';

export const day = 86_400_000;

export const status = (more: Partial<PermitStatus> = {}): PermitStatus => ({
  stage: 'verifikasi_berkas',
  turn: 'office',
  codeRaw: '2',
  textRaw: 'Perbaikan masuk',
  reason: null,
  since: null,
  ...more,
});

export const returned = status({
  stage: 'dikembalikan',
  turn: 'applicant',
  codeRaw: '3',
  textRaw: 'Dikembalikan',
  reason: 'berkas-buram',
});
export const issued = status({ stage: 'terbit', turn: 'none', codeRaw: '15', textRaw: 'PBG terbit' });

export const report = (more: Partial<PermitReport> = {}): PermitReport => ({
  system: 'SIMBG',
  number: 'PBG-327312-01082023-01',
  otherNumbers: [],
  service: 'PBG',
  person: { name: 'Euis Komariah', phone: '+6281234565678', nikTail: '0001' },
  status: status(),
  note: null,
  submittedAt: null,
  fetchedAt: 1000,
  ...more,
});

const patterns = [
  { system: 'GAMPIL' as const, name: 'nomor resi', pattern: 'GMP-####-####' },
  { system: 'MPPDN' as const, name: 'SIP', pattern: '446/SIP-@@/####/####' },
];

/** @returns `kind number` of what is sure, `?kind` of what is asked about, nothing for nothing. */
export function readNumbers(text: string): string {
  const { found, doubts } = findNumbers(text, patterns);
  const asked = doubts.map((doubt) =>
    doubt.kind === 'length' ? `?length ${doubt.name} ${doubt.digits}` : `?${doubt.kind} ${doubt.number}`,
  );
  return [...found.map(({ kind, number }) => `${kind} ${number}`), ...asked].join(' + ');
}
