// Accepting an invitation: the invited person sets their own name and password. Shown to whoever holds the link.
import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../../api.ts';
import { roleNames } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { talkHash } from '../../logic/route.ts';
import { Field, Form, textOf } from '../Form.tsx';

export function Invitation({ api, token, done }: { api: Api; token: string; done: () => Promise<void> }) {
  const [open, setOpen] = useState<{ email: string; role: keyof typeof roleNames } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    void api.admin.invitation(token).then((answer) => (answer.ok ? setOpen(answer) : setTrouble(answer.message)));
  }, [api, token]);
  return (
    <main class="door">
      <h1>{t('Undangan Loket', 'Invitation to Loket')}</h1>
      {trouble !== null && <p role="alert">{trouble}</p>}
      {open === null && trouble === null && <p role="status">{t('Memuat…', 'Loading…')}</p>}
      {open !== null && (
        <>
          <p class="door-lead">
            {t('Anda diundang sebagai', 'You are invited as')} {roleNames[open.role]}: <strong>{open.email}</strong>
          </p>
          <Form
            button={t('Buat akun', 'Make the account')}
            submit={async (fields) => {
              const answer = await api.admin.accept({
                token,
                name: textOf(fields, 'name'),
                password: textOf(fields, 'password'),
              });
              if (!answer.ok) return { ok: false, text: answer.message };
              // The token leaves the address and the history.
              location.replace(talkHash('queue'));
              await done();
              return { ok: true, text: null };
            }}
          >
            <Field label={t('Nama', 'Name')} name="name" autocomplete="name" minLength={2} />
            <Field
              label={t('Kata sandi', 'Password')}
              name="password"
              type="password"
              autocomplete="new-password"
              minLength={10}
              hint={t('Paling sedikit 10 karakter.', 'At least 10 characters.')}
            />
          </Form>
        </>
      )}
    </main>
  );
}
