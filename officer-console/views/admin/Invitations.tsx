// Inviting by a one-time link that the admin copies, and the invitations that are still open.
import { useState } from 'preact/hooks';
import type { Role } from '../../../src/contract/conversation.ts';
import { fullMoment, invitationLink, roleNames } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { Field, Form, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { RoleField } from './Officers.tsx';
import { Table, TeamBoxes, useLoaded, Waiting } from './parts.tsx';

const heads = [t('E-mail', 'E-mail'), t('Peran', 'Role'), t('Berlaku sampai', 'Valid until'), t('Tindakan', 'Action')];

export function Invitations() {
  const { api } = useWorkplace();
  const open = useLoaded(() => api.admin.invitations());
  const [link, setLink] = useState<{ email: string; href: string } | null>(null);
  const rows = open.data?.invitations ?? [];
  return (
    <>
      <Form
        button={t('Buat tautan undangan', 'Make the link')}
        clears
        submit={async (fields) => {
          const teamIds = fields.getAll('team').map(String);
          const answer = await api.admin.invite({
            email: textOf(fields, 'email'),
            role: textOf(fields, 'role') as Role,
            teamIds,
          });
          if (!answer.ok) return { ok: false, text: answer.message };
          setLink({ email: answer.invitation.email, href: invitationLink(location.origin, answer.token) });
          await open.reload();
          return { ok: true, text: null };
        }}
      >
        <Field label={t('E-mail petugas baru', 'E-mail of the new officer')} name="email" type="email" />
        <RoleField chosen="officer" />
        <TeamBoxes chosen={[]} />
      </Form>
      {link !== null && <Link {...link} />}
      <h2>{t('Undangan terbuka', 'Open invitations')}</h2>
      {rows.length > 0 && (
        <Table label={t('Undangan terbuka', 'Open invitations')} heads={heads}>
          {rows.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.email}</th>
              <td>{roleNames[one.role]}</td>
              <td>{fullMoment(one.expiresAt)}</td>
              <td>
                <button type="button" class="button is-small" onClick={() => void open.step(api.admin.withdraw(one.id))}>
                  {t('Tarik', 'Withdraw')} <span class="sr-only">{one.email}</span>
                </button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Waiting of={open} empty={rows.length === 0 && t('Tidak ada undangan yang menunggu.', 'No invitation is waiting.')} />
    </>
  );
}

function Link({ email, href }: { email: string; href: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div class="admin-card" role="status">
      <p>
        {t('Tautan untuk', 'Link for')} <strong>{email}</strong>.{' '}
        {t(
          'Hanya ditampilkan sekarang, berlaku 72 jam dan sekali pakai. Kirimkan langsung kepada orangnya.',
          'Shown only now, valid for 72 hours and once. Hand it to the person directly.',
        )}
      </p>
      <label class="field">
        <span class="field-label">{t('Tautan undangan', 'Invitation link')}</span>
        <input readOnly value={href} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <button
        type="button"
        class="button is-small"
        onClick={() => void navigator.clipboard?.writeText(href).then(() => setCopied(true))}
      >
        {copied ? t('Tersalin', 'Copied') : t('Salin tautan', 'Copy the link')}
      </button>
    </div>
  );
}
