// The officers, and changing one: name, role, teams, disabling, sessions.
import { useState } from 'preact/hooks';
import type { Officer, Role } from '../../../src/contract/conversation.ts';
import { roleNames } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { dutyNames } from '../../logic/words.ts';
import { Dialog } from '../Dialog.tsx';
import { Form, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { Table, TeamBoxes } from './parts.tsx';
import { Sessions } from './Sessions.tsx';

const heads = [t('Nama', 'Name'), t('Peran', 'Role'), t('Tim', 'Teams'), t('Status', 'State'), t('Tindakan', 'Action')];

export function Officers() {
  const { people } = useWorkplace();
  const [chosen, setChosen] = useState<Officer | null>(null);
  const teamNames = ({ teamIds }: Officer) =>
    people.teams.value.flatMap((team) => (teamIds.includes(team.id) ? [team.name] : [])).join(', ');
  return (
    <>
      <Table label={t('Daftar petugas', 'List of officers')} heads={heads}>
        {people.officers.value.map((officer) => (
          <tr key={officer.id} class={officer.disabled ? 'is-off' : ''}>
            <th scope="row">
              {officer.name}
              <span class="admin-sub">{officer.email}</span>
            </th>
            <td>{roleNames[officer.role]}</td>
            <td>{teamNames(officer) || '–'}</td>
            <td>{officer.disabled ? <span class="tag">{t('nonaktif', 'disabled')}</span> : dutyNames[officer.duty]}</td>
            <td>
              <button type="button" class="button is-small" onClick={() => setChosen(officer)}>
                {t('Ubah', 'Change')} <span class="sr-only">{officer.name}</span>
              </button>
            </td>
          </tr>
        ))}
      </Table>
      {chosen !== null && <Change officer={chosen} close={() => setChosen(null)} />}
    </>
  );
}

function Change({ officer, close }: { officer: Officer; close: () => void }) {
  const { api, people } = useWorkplace();
  return (
    <Dialog title={officer.name} close={close}>
      <Form
        button={t('Simpan', 'Save')}
        cancel={close}
        submit={async (fields) => {
          const answer = await api.admin.changeOfficer(officer.id, {
            name: textOf(fields, 'name'),
            role: textOf(fields, 'role') as Role,
            teamIds: fields.getAll('team').map(String),
            disabled: fields.has('disabled'),
          });
          if (!answer.ok) return { ok: false, text: answer.message };
          await people.load();
          close();
          return { ok: true, text: null };
        }}
      >
        <label class="field">
          <span class="field-label">{t('Nama', 'Name')}</span>
          <input name="name" defaultValue={officer.name} required minLength={2} maxLength={80} />
        </label>
        <RoleField chosen={officer.role} />
        <TeamBoxes chosen={officer.teamIds} />
        <label class="check">
          <input type="checkbox" name="disabled" defaultChecked={officer.disabled} />{' '}
          {t('Nonaktif: sesi diakhiri dan tidak dapat masuk', 'Disabled: sessions end, no signing in')}
        </label>
      </Form>
      <details>
        <summary>{t('Perangkat yang masuk', 'Signed-in devices')}</summary>
        <Sessions officerId={officer.id} />
      </details>
    </Dialog>
  );
}

export function RoleField({ chosen }: { chosen: Role }) {
  return (
    <label class="field">
      <span class="field-label">{t('Peran', 'Role')}</span>
      <select name="role" defaultValue={chosen}>
        {(Object.keys(roleNames) as Role[]).map((role) => (
          <option key={role} value={role} selected={role === chosen}>
            {roleNames[role]}
          </option>
        ))}
      </select>
      <span class="field-hint">
        {t(
          'Penyelia melihat semua tim, memindahkan percakapan rekan, dan membaca jejak. Admin juga mengatur petugas dan kantor.',
          'A supervisor sees every team, moves colleagues’ chats and reads the trail. An admin also manages people and office.',
        )}
      </span>
    </label>
  );
}
