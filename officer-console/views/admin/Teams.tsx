// Teams: adding, renaming, who belongs to them.
import { useState } from 'preact/hooks';
import type { Team } from '../../../src/contract/conversation.ts';
import { t } from '../../logic/language.ts';
import { Dialog } from '../Dialog.tsx';
import { Field, Form, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { Table } from './parts.tsx';

const heads = [t('Tim', 'Team'), t('Anggota', 'Members'), t('Tindakan', 'Action')];

export function Teams() {
  const { api, people } = useWorkplace();
  const [chosen, setChosen] = useState<Team | null>(null);
  const members = (team: Team) => people.officers.value.filter((one) => one.teamIds.includes(team.id) && !one.disabled);
  return (
    <>
      {people.teams.value.length === 0 ? (
        <p class="admin-empty">{t('Belum ada tim. Tambahkan yang pertama di bawah.', 'No teams yet. Add the first below.')}</p>
      ) : (
        <Table label={t('Daftar tim', 'List of teams')} heads={heads}>
          {people.teams.value.map((team) => (
            <tr key={team.id}>
              <th scope="row">{team.name}</th>
              <td>
                {members(team)
                  .map(({ name }) => name)
                  .join(', ') || '–'}
              </td>
              <td>
                <button type="button" class="button is-small" onClick={() => setChosen(team)}>
                  {t('Ubah', 'Change')} <span class="sr-only">{team.name}</span>
                </button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <h2>{t('Tim baru', 'New team')}</h2>
      <Form
        button={t('Tambah tim', 'Add the team')}
        clears
        submit={async (fields) => {
          const answer = await api.admin.addTeam(textOf(fields, 'name'));
          if (!answer.ok) return { ok: false, text: answer.message };
          await people.load();
          return { ok: true, text: t('Tim ditambahkan.', 'The team was added.') };
        }}
      >
        <Field label={t('Nama tim', 'Name')} name="name" minLength={2} />
      </Form>
      {chosen !== null && <Change team={chosen} close={() => setChosen(null)} />}
    </>
  );
}

function Change({ team, close }: { team: Team; close: () => void }) {
  const { api, people } = useWorkplace();
  return (
    <Dialog title={team.name} close={close}>
      <Form
        button={t('Simpan', 'Save')}
        cancel={close}
        submit={async (fields) => {
          const officerIds = fields.getAll('member').map(String);
          const answer = await api.admin.changeTeam(team.id, { name: textOf(fields, 'name'), officerIds });
          if (!answer.ok) return { ok: false, text: answer.message };
          await people.load();
          close();
          return { ok: true, text: null };
        }}
      >
        <label class="field">
          <span class="field-label">{t('Nama tim', 'Name')}</span>
          <input name="name" defaultValue={team.name} required minLength={2} maxLength={80} />
        </label>
        <fieldset class="admin-boxes">
          <legend>{t('Anggota', 'Members')}</legend>
          {people.officers.value.map((officer) => (
            <label key={officer.id} class="check">
              <input type="checkbox" name="member" value={officer.id} defaultChecked={officer.teamIds.includes(team.id)} />{' '}
              {officer.name}
            </label>
          ))}
        </fieldset>
      </Form>
    </Dialog>
  );
}
