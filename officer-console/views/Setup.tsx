// Making the first admin, with the one-time link the server printed at its first start.
import type { Api } from '../api.ts';
import { t } from '../logic/language.ts';
import { AccountForm } from './AccountForm.tsx';
import { Field, textOf } from './Form.tsx';

export function Setup({ api, token, done }: { api: Api; token: string; done: () => Promise<void> }) {
  return (
    <main class="door">
      <h1>{t('Penyiapan Loket', 'Setting up Loket')}</h1>
      <p class="door-lead">
        {t('Buat akun admin pertama. Tautan ini hanya berlaku sekali.', 'Make the first admin account. This link works once.')}
      </p>
      <AccountForm
        button={t('Buat akun admin', 'Make the account')}
        make={(account, fields) => api.setup({ token, email: textOf(fields, 'email'), ...account })}
        done={done}
      >
        <Field label="E-mail" name="email" type="email" autocomplete="username" />
      </AccountForm>
    </main>
  );
}
