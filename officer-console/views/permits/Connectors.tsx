// How the systems we ask for files answer.
import type { ConnectorView } from '../../../src/contract/permitImport.ts';
import { fullMoment } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { systemNames } from '../../logic/permits.ts';
import { Table, useLoaded, Waiting } from '../admin/parts.tsx';
import { useWorkplace } from '../useWorkplace.ts';

const stateNames: Record<ConnectorView['state'], string> = {
  ready: t('siap', 'ready'),
  failing: t('panggilan terakhir gagal', 'the last call failed'),
  open: t('dijeda setelah beberapa kali gagal', 'paused after several failures'),
};

const problemNames: Record<string, string> = {
  timeout: t('tidak menjawab tepat waktu', 'no answer in time'),
  unreachable: t('tidak bisa dihubungi', 'cannot be reached'),
  busy: t('sedang sibuk', 'is busy'),
  denied: t('kunci kantor ditolak', 'does not accept our key'),
  refused: t('menolak pertanyaannya', 'refuses the question'),
  'wrong-answer': t('jawabannya tidak seperti yang disepakati', 'answers otherwise than agreed'),
};

export function Connectors() {
  const { api } = useWorkplace();
  const loaded = useLoaded(() => api.permits.connectors());
  const connectors = loaded.data?.connectors ?? [];
  const heads = [
    t('Sambungan', 'Connection'),
    t('Keadaan', 'State'),
    t('Terakhir berhasil', 'Last answer'),
    t('Dijawab', 'Answered'),
  ];
  return (
    <section>
      <h2>{t('Sambungan ke sistem lain', 'Connections to other systems')}</h2>
      <Waiting
        of={loaded}
        empty={
          connectors.length === 0 &&
          t('Tidak ada sambungan yang dipasang; data datang dari impor.', 'None is set up; data comes by import.')
        }
      />
      {connectors.length > 0 && (
        <Table label={t('Sambungan ke sistem lain', 'Connections to other systems')} heads={heads}>
          {connectors.map((one) => (
            <tr key={one.name}>
              <th scope="row">{systemNames[one.system]}</th>
              <td>
                <span class={one.state === 'ready' ? 'tag is-good' : 'tag is-open'}>{stateNames[one.state]}</span>
                {one.problem !== null && ` ${problemNames[one.problem] ?? one.problem}`}
              </td>
              <td>{one.goodAt === null ? t('belum sejak server mulai', 'not since the start') : fullMoment(one.goodAt)}</td>
              <td>
                {one.answered} {t('dari', 'of')} {one.asked}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
