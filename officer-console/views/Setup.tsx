// Making the first admin, with the one-time link the server printed at its first start.
import type { Api } from '../api.ts';
import { t } from '../logic/language.ts';
import { talkHash } from '../logic/route.ts';
import { Field, Form, textOf } from './Form.tsx';

export function Setup({ api, token, done }: { api: Api; token: string; done: () => Promise<void> }) {
  return (
    <main class="door">
      <h1>{t('Penyiapan Loket', 'Setting up Loket')}</h1>
      <p class="door-lead">
        {t('Buat akun admin pertama. Tautan ini hanya berlaku sekali.', 'Make the first admin account. This link works once.')}
      </p>
      <Form
        button={t('Buat akun admin', 'Make the account')}
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
        <Field label={t('Nama', 'Name')} name="name" autocomplete="name" minLength={2} />
        <Field label="E-mail" name="email" type="email" autocomplete="username" />
        <Field
          label={t('Kata sandi', 'Password')}
          name="password"
          type="password"
          autocomplete="new-password"
          minLength={10}
          hint={t('Paling sedikit 10 karakter.', 'At least 10 characters.')}
        />
      </Form>
    </main>
  );
}
