// Making the first admin, with the one-time link the server printed at its first start.
import type { Api } from '../api.ts';
import { talkHash } from '../logic/route.ts';
import { Field, Form, textOf } from './Form.tsx';

export function Setup({ api, token, done }: { api: Api; token: string; done: () => Promise<void> }) {
  return (
    <main class="door">
      <h1>Penyiapan Loket</h1>
      <p class="door-lead">Buat akun admin pertama. Tautan ini hanya berlaku sekali.</p>
      <Form
        button="Buat akun admin"
        submit={async (fields) => {
          const [name, email, password] = [textOf(fields, 'name'), textOf(fields, 'email'), textOf(fields, 'password')];
          const answer = await api.setup({ token, name, email, password });
          if (!answer.ok) return { ok: false, text: answer.message };
          // The token leaves the address and the history.
          location.replace(talkHash('queue'));
          await done();
          return { ok: true, text: null };
        }}
      >
        <Field label="Nama" name="name" autocomplete="name" minLength={2} />
        <Field label="E-mail" name="email" type="email" autocomplete="username" />
        <Field
          label="Kata sandi"
          name="password"
          type="password"
          autocomplete="new-password"
          minLength={10}
          hint="Paling sedikit 10 karakter."
        />
      </Form>
    </main>
  );
}
