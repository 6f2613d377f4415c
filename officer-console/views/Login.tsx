// Signing in.

import type { Api } from '../api.ts';
import { t } from '../logic/language.ts';
import { Field, Form, textOf } from './Form.tsx';

/** @param why why the officer has to sign in again; null at the first time */
export function Login({ api, why, done }: { api: Api; why: string | null; done: () => Promise<void> }) {
  return (
    <main class="door">
      <h1>Loket</h1>
      <p class="door-lead">{t('Konsol petugas DPMPTSP Kota Bandung', "Officers' console, DPMPTSP Kota Bandung")}</p>
      {why !== null && (
        <p role="alert" class="hint-box">
          {why}
        </p>
      )}
      <Form
        button={t('Masuk', 'Sign in')}
        submit={async (fields) => {
          const answer = await api.signIn({ email: textOf(fields, 'email'), password: textOf(fields, 'password') });
          if (!answer.ok) return { ok: false, text: answer.message };
          await done();
          return { ok: true, text: null };
        }}
      >
        <Field label="E-mail" name="email" type="email" autocomplete="username" />
        <Field label={t('Kata sandi', 'Password')} name="password" type="password" autocomplete="current-password" />
      </Form>
      <p class="field-hint">
        {t(
          'Lupa kata sandi? Pengelola Loket dapat membuatkan yang baru.',
          'Forgot it? Whoever runs Loket can make a new password.',
        )}
      </p>
    </main>
  );
}
