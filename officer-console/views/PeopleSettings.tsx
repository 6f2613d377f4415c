// Officers and teams: who there is, and adding one.
import { useEffect } from 'preact/hooks';
import { dutyNames } from '../logic/words.ts';
import { Field, Form, textOf } from './Form.tsx';
import { useWorkplace } from './useWorkplace.ts';

export function Officers() {
  const { api, people } = useWorkplace();
  useEffect(() => void people.load(), [people]);
  const teams = people.teams.value;
  const teamNames = (ids: string[]) => teams.flatMap((team) => (ids.includes(team.id) ? [team.name] : [])).join(', ');
  return (
    <>
      <div class="table-place">
        <table>
          <thead>
            <tr>
              <th scope="col">Nama</th>
              <th scope="col">E-mail</th>
              <th scope="col">Peran</th>
              <th scope="col">Tim</th>
              <th scope="col">Status</th>
            </tr>
          </thead>
          <tbody>
            {people.officers.value.map((officer) => (
              <tr key={officer.id}>
                <td>{officer.name}</td>
                <td>{officer.email}</td>
                <td>{officer.role === 'admin' ? 'Admin' : 'Petugas'}</td>
                <td>{teamNames(officer.teamIds)}</td>
                <td>{officer.disabled ? 'nonaktif' : dutyNames[officer.duty]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>Tambah petugas</h2>
      <Form
        button="Tambah petugas"
        clears
        submit={async (fields) => {
          const answer = await api.addOfficer({
            name: textOf(fields, 'name'),
            email: textOf(fields, 'email'),
            password: textOf(fields, 'password'),
            role: fields.has('admin') ? 'admin' : 'officer',
            teamIds: fields.getAll('team').map(String),
          });
          if (!answer.ok) return { ok: false, text: answer.message };
          await people.load();
          return { ok: true, text: `${answer.officer.name} sudah ditambahkan.` };
        }}
      >
        <Field label="Nama" name="name" minLength={2} />
        <Field label="E-mail" name="email" type="email" />
        <Field
          label="Kata sandi awal"
          name="password"
          type="password"
          autocomplete="new-password"
          minLength={10}
          hint="Paling sedikit 10 karakter. Minta petugas menggantinya setelah masuk."
        />
        {teams.length > 0 && (
          <fieldset class="field">
            <legend class="field-label">Tim</legend>
            {teams.map((team) => (
              <label key={team.id} class="check">
                <input type="checkbox" name="team" value={team.id} /> {team.name}
              </label>
            ))}
          </fieldset>
        )}
        <label class="check">
          <input type="checkbox" name="admin" /> Admin: boleh mengubah pengaturan dan petugas
        </label>
      </Form>
    </>
  );
}

export function Teams() {
  const { api, people } = useWorkplace();
  useEffect(() => void people.load(), [people]);
  return (
    <>
      {people.teams.value.length === 0 ? (
        <p>Belum ada tim. Tanpa tim, setiap petugas melihat setiap percakapan.</p>
      ) : (
        <ul>
          {people.teams.value.map((team) => (
            <li key={team.id}>{team.name}</li>
          ))}
        </ul>
      )}
      <h2>Tambah tim</h2>
      <Form
        button="Tambah tim"
        clears
        submit={async (fields) => {
          const answer = await api.addTeam({ name: textOf(fields, 'name') });
          if (!answer.ok) return { ok: false, text: answer.message };
          await people.load();
          return { ok: true, text: `Tim ${answer.team.name} sudah ditambahkan.` };
        }}
      >
        <Field label="Nama tim" name="name" minLength={2} />
      </Form>
    </>
  );
}
