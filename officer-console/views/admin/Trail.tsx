// The trail: who did what, newest first. Ids only; no text of citizens is in it.
import { actionName, detailText, fullMoment, roleNames } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { useWorkplace } from '../useWorkplace.ts';
import { Table, useLoaded, Waiting } from './parts.tsx';

const heads = [t('Waktu', 'Time'), t('Siapa', 'Who'), t('Apa', 'What'), t('Rincian', 'Detail')];

export function Trail() {
  const { api, people, topicOf } = useWorkplace();
  const trail = useLoaded(() => api.admin.audit());
  // By the time on record: nodes and imports write theirs when they come to it.
  const rows = [...(trail.data?.entries ?? [])].sort((a, b) => b.at - a.at);
  const known: Record<string, string> = { bot: 'Bot', system: t('Sistem', 'System'), visitor: t('Warga', 'Citizen') };
  const nameOf = (id: string) => known[id] ?? people.nameOf(id) ?? people.teams.value.find((team) => team.id === id)?.name;
  const roles: Record<string, string> = roleNames;
  const isTopic = (word: string) => /^[a-z][a-z0-9-]*$/.test(word);
  const detailOf = (action: string, word: string) =>
    detailText(action, word) ?? nameOf(word) ?? roles[word] ?? (isTopic(word) ? topicOf(word) : null) ?? word;
  return (
    <section class="page is-wide">
      <h1>{t('Jejak', 'Trail')}</h1>
      <p>{t('Siapa melakukan apa, 200 catatan terakhir.', 'Who did what, the last 200 entries.')}</p>
      {rows.length > 0 && (
        <Table label={t('Jejak tindakan', 'Trail of actions')} heads={heads}>
          {rows.map((entry) => (
            <tr key={entry.id}>
              <td class="trail-when">{fullMoment(entry.at)}</td>
              <th scope="row" class="trail-who">
                {nameOf(entry.actor) ?? entry.actor}
              </th>
              <td>{actionName(entry.action)}</td>
              <td class="admin-sub">
                {nameOf(entry.subject) ?? ''} {entry.detail === null ? '' : detailOf(entry.action, entry.detail)}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Waiting of={trail} empty={rows.length === 0 && t('Belum ada catatan.', 'Nothing yet.')} />
    </section>
  );
}
