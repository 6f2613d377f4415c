// Accepting an invitation: the invited person sets their own name and password. Shown to whoever holds the link.
import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../../api.ts';
import { roleNames } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { AccountForm } from '../AccountForm.tsx';

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
          <AccountForm
            button={t('Buat akun', 'Make the account')}
            make={(account) => api.admin.accept({ token, ...account })}
            done={done}
          />
        </>
      )}
    </main>
  );
}
