// A stand-in of OSS, made from the documented field names (apidoc 5.0.0 and its newer revision); nobody has compared it with the real one.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How it answers next: as agreed, or one of the ways it goes wrong. */
export type OssMode =
  | 'ok'
  /** The newer sample spells the key this way. */
  | 'other-spelling'
  | 'unknown-number'
  | 'slow'
  | 'error'
  | 'error-in-body'
  | 'denied'
  | 'denied-in-body'
  | 'missing'
  | 'redirect'
  | 'html'
  | 'empty'
  | 'other-json'
  | 'other-number'
  | 'cut';

export const ossKey = 'kunci-contoh-kantor';
export const ossNumber = 'I-202202231710411927449';
export const ossNib = '1234567890123';

export async function openOssStandin() {
  const state = { mode: 'ok' as OssMode, status: { kd_status: '45', uraian_status: 'Persyaratan terverifikasi' }, failFirst: 0 };
  const asked: { url: string; idIzin: string; isKnown: boolean }[] = [];
  const held = new Set<ServerResponse>();

  const server = createServer(async (req, res) => {
    const body = await read(req);
    const idIzin = String(body?.IZINSTATUS?.id_izin ?? '');
    asked.push({ url: req.url ?? '', idIzin, isKnown: req.headers.user_key === ossKey });
    if (state.failFirst > 0) {
      state.failFirst -= 1;
      return send(res, 503, {});
    }
    if (req.headers.user_key !== ossKey) return send(res, 401, { kode: 401 });
    answer(res, state.mode, idIzin);
  });

  function answer(res: ServerResponse, mode: OssMode, idIzin: string): void {
    const dataIZIN = { nib: ossNib, id_proyek: 'R-202202231710411927449', id_izin: idIzin, ...state.status, file_lampiran: '' };
    const good = { kode: 200, keterangan: 'Sukses', dataIZIN };
    const bad = (kode: number) => ({ responsecheckStatusLicense: { kode, keterangan: 'Gagal', dataIZIN: { id_izin: '' } } });
    const json: Partial<Record<OssMode, [status: number, body: object]>> = {
      ok: [200, { responcheckLicenseStatus: good }],
      'other-spelling': [200, { responcheckStatusLicense: good }],
      'unknown-number': [200, bad(404)],
      error: [500, {}],
      'error-in-body': [200, bad(500)],
      denied: [401, {}],
      'denied-in-body': [200, bad(401)],
      missing: [404, {}],
      'other-json': [200, { responcheckLicenseStatus: { kode: 200, dataIZIN: { nib: 7 } } }],
      'other-number': [200, { responcheckLicenseStatus: { ...good, dataIZIN: { ...dataIZIN, id_izin: `${idIzin}0` } } }],
    };
    const [status, body] = json[mode] ?? [];
    if (status !== undefined && body !== undefined) send(res, status, body);
    else if (mode === 'slow') held.add(res);
    else if (mode === 'redirect') res.writeHead(302, { location: '/elsewhere' }).end();
    else if (mode === 'html') res.writeHead(200, { 'content-type': 'text/html' }).end('<html>pemeliharaan</html>');
    else if (mode === 'empty') res.writeHead(200).end();
    else {
      res.writeHead(200, { 'content-length': '500' }).write('{');
      res.destroy();
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    state,
    asked,
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/kl/rba`,
    async close() {
      for (const res of held) res.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function read(req: IncomingMessage): Promise<{ IZINSTATUS?: { id_izin?: unknown } } | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return null;
  }
}

/** A push as `receiveNIB` documents it, with the personal data it carries: none of it may be found anywhere afterwards. */
export const ossPush = (more: object = {}) => ({
  dataNIB: {
    nib: ossNib,
    tgl_pengajuan_nib: '2026-11-02',
    tgl_terbit_nib: '2026-11-03',
    oss_id: 'U-202202231710411927449',
    id_izin: ossNumber,
    npwp_perseroan: '012345678901000',
    nama_perseroan: 'PT RAHASIA SEKALI',
    email_perusahaan: 'rahasia@example.id',
    penanggung_jwb: [
      {
        nama_penanggung_jwb: 'Euis Rahasia',
        no_identitas_penanggung_jwb: '3273120108800001',
        no_hp_penanggung_jwb: '081234565678',
      },
    ],
    data_checklist: [{ id_izin: ossNumber, kd_izin: '029000000010', nama_izin: 'SPPL', flag_checklist: 'Y' }],
    hp_user_proses: '081234565678',
    ...more,
  },
});

/** `Token` of a push: SHA1(username + password + npwp + Ymd). */
export const ossToken = (username: string, password: string, id: string, ymd: string): string =>
  createHash('sha1').update(`${username}${password}${id}${ymd}`).digest('hex');
