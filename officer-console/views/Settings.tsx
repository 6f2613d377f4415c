// Settings: one's own password, where one is signed in, and for admins the office's numbers.
import { useState } from 'preact/hooks';
import { t } from '../logic/language.ts';
import { Sessions } from './admin/Sessions.tsx';
import { Field, Form, textOf } from './Form.tsx';
import { OfficeSettings } from './OfficeSettings.tsx';
import { PermitSettings } from './permits/PermitSettings.tsx';
import { useWorkplace } from './useWorkplace.ts';

const pages = {
  office: t('Kantor', 'Office'),
  permits: t('Berkas izin', 'Permit files'),
  password: t('Kata sandi', 'Password'),
  sessions: t('Perangkat', 'Devices'),
};
type Page = keyof typeof pages;

export function Settings() {
  const { people } = useWorkplace();
  const isAdmin = people.me.value.role === 'admin';
  const [page, setPage] = useState<Page>(isAdmin ? 'office' : 'password');
  return (
    <section class="page">
      <h1>{t('Pengaturan', 'Settings')}</h1>
      <div class="tabs">
        {(Object.keys(pages) as Page[])
          .filter((one) => isAdmin || (one !== 'office' && one !== 'permits'))
          .map((one) => (
            <button key={one} type="button" class="tab" aria-pressed={page === one} onClick={() => setPage(one)}>
              {pages[one]}
            </button>
          ))}
      </div>
      {page === 'office' && <OfficeSettings />}
      {page === 'permits' && <PermitSettings />}
      {page === 'sessions' && <Sessions officerId={null} />}
      {page === 'password' && <Password />}
    </section>
  );
}

function Password() {
  const { api } = useWorkplace();
  return (
    <Form
      button={t('Ganti kata sandi', 'Change the password')}
      clears
      submit={async (fields) => {
        const answer = await api.changePassword({ current: textOf(fields, 'current'), next: textOf(fields, 'next') });
        return answer.ok
          ? {
              ok: true,
              text: t(
                'Kata sandi sudah diganti. Perangkat lain harus masuk lagi.',
                'Changed. Other devices have to sign in again.',
              ),
            }
          : { ok: false, text: answer.message };
      }}
    >
      <Field label={t('Kata sandi sekarang', 'Password now')} name="current" type="password" autocomplete="current-password" />
      <Field
        label={t('Kata sandi baru', 'New password')}
        name="next"
        type="password"
        autocomplete="new-password"
        minLength={10}
        hint={t('Paling sedikit 10 karakter.', 'At least 10 characters.')}
      />
    </Form>
  );
}
