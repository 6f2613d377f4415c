// OSS, pushing: `receiveNIB` (apidoc 5.0.0), reduced at the door to nib, id_izin, service, status and date. Never run against the real
// service. A push carries a company's whole file, identity numbers and phones with it: nothing else of it is kept, logged or answered.
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { maskPersonal } from '../../desk/identifiers.ts';
import { newId } from '../../desk/ids.ts';
import { findNumbers } from '../../desk/permitNumbers.ts';
import type { PermitReport, PermitStore } from '../../desk/permitPort.ts';
import type { Clock, DeskLog, Hook, RawRequest } from '../../desk/ports.ts';
import { readPosition } from '../timeline/codes.ts';

const text = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .nullish();
const itemSchema = z.object({ id_izin: text, nama_izin: text, kd_status: text, uraian_status: text });
const pushSchema = z.object({
  dataNIB: z.object({
    ...{
      nib: z
        .string()
        .trim()
        .regex(/^\d{13}$/),
      npwp_perseroan: text,
      tgl_pengajuan_nib: text,
      id_izin: text,
    },
    data_checklist: z.array(itemSchema).max(500).nullish(),
  }),
});
type Push = z.infer<typeof pushSchema>['dataNIB'];

const CHUNK = 50;
const dayMs = 86_400_000;
const nobody = { name: null, phone: null, nikTail: null };

/**
 * @param parts `username`, `password`: what the office gave OSS; each push proves itself by `Token: SHA1(username + password + npwp +
 *   Ymd)`, which some clients send as a bearer token, or with the nib in place of the npwp
 * @returns the door `/webhook/oss`: it stores, then acknowledges; the same push again changes nothing
 */
export function createOssPush(parts: {
  username: string;
  password: string;
  timeZone: string;
  permits: Pick<PermitStore, 'find' | 'put'>;
  clock: Clock;
  log: DeskLog;
}): Hook {
  const { permits, clock, log } = parts;
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: parts.timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });

  function isGenuine(headers: RawRequest['headers'], { nib, npwp_perseroan: npwp }: Push): boolean {
    const given = String(headers.token ?? headers.authorization ?? '').replace(/^Bearer\s+/i, '');
    // Yesterday's still holds: clocks differ, and a push may be repeated after midnight.
    const days = [0, dayMs].map((ago) => day.format(clock.now() - ago).replaceAll('-', ''));
    const tokens = days.flatMap((date) => [npwp ?? '', nib].map((id) => sha1(parts.username + parts.password + id + date)));
    return tokens.map((token) => isSame(token, given.trim().toLowerCase())).includes(true);
  }

  async function store(push: Push): Promise<number> {
    const now = clock.now();
    const reports = await Promise.all(itemsOf(push).map((item) => toReport(push, item, now)));
    for (let at = 0; at < reports.length; at += CHUNK)
      await permits.put(
        reports.slice(at, at + CHUNK).map((report) => ({ id: newId('f'), report })),
        null,
      );
    return reports.length;
  }

  /** A push without a status says nothing about where an application stands: what is known stays. */
  async function toReport(push: Push, item: Item, now: number): Promise<PermitReport> {
    const { number, service, code, words } = item;
    const known =
      code === null ? (await permits.find(number)).find((file) => file.system === 'OSS' && file.number === number) : null;
    const told = { ...readPosition('oss', { code, text: maskPersonal(words ?? 'Tercatat di OSS') }), reason: null, since: null };
    return {
      ...{ system: 'OSS', number, otherNumbers: number === push.nib ? [] : [push.nib], service, person: nobody },
      ...{ status: known?.status ?? told, note: null, submittedAt: dateOf(push.tgl_pengajuan_nib), fetchedAt: now },
    };
  }

  return {
    name: 'oss',
    async webhook({ method, headers, body }) {
      if (method !== 'POST') return answer(405, 'Kirim dengan POST.');
      const push = parsePush(body);
      // Whoever cannot prove themselves hears nothing about the shape of what they sent.
      if (push === null)
        return answer(headers.token === undefined && headers.authorization === undefined ? 401 : 400, 'Data tidak sesuai.');
      if (!isGenuine(headers, push)) return answer(401, 'User akses tidak valid.');
      try {
        const count = await store(push);
        log.info({ count }, 'oss pushed permit files');
        return answer(200, 'Sukses');
      } catch (error) {
        log.error({ cause: error instanceof Error ? error.name : typeof error }, 'a push of oss could not be stored');
        return answer(503, 'Penyimpanan sedang tidak dapat menulis. Kirim lagi.');
      }
    },
  };
}

interface Item {
  number: string;
  service: string | null;
  code: string | null;
  words: string | null;
}

/** One item for each application; a NIB without any is an item itself. */
function itemsOf({ nib, id_izin, data_checklist }: Push): Item[] {
  const items = new Map<string, Item>();
  for (const item of [...(data_checklist ?? []), { id_izin, nama_izin: null, kd_status: null, uraian_status: null }]) {
    const number = findNumbers(item.id_izin ?? '').found.find(({ kind }) => kind === 'oss')?.number;
    if (number === undefined || items.has(number)) continue;
    const service = item.nama_izin?.slice(0, 60) || null;
    items.set(number, { number, service, code: item.kd_status || null, words: item.uraian_status || null });
  }
  return items.size > 0 ? [...items.values()] : [{ number: nib, service: 'NIB', code: null, words: null }];
}

function parsePush(body: Buffer): Push | null {
  try {
    const parsed = pushSchema.safeParse(JSON.parse(body.toString('utf8')));
    return parsed.success ? parsed.data.dataNIB : null;
  } catch {
    return null;
  }
}

/** `YYYY-MM-DD`. */
const dateOf = (written: string | null | undefined): number | null =>
  /^20\d\d-\d\d-\d\d$/.test(written ?? '') ? Date.parse(`${written}T00:00:00+07:00`) || null : null;

const sha1 = (secret: string): string => createHash('sha1').update(secret).digest('hex');
const isSame = (one: string, other: string): boolean =>
  one.length === Buffer.byteLength(other) && timingSafeEqual(Buffer.from(one), Buffer.from(other));

const answer = (status: number, keterangan: string): { status: number; body: string } => ({
  status,
  body: JSON.stringify({ responreceiveNIB: { kode: status, keterangan } }),
});
