// Handing a conversation to a colleague or a team, with a note only officers see.

import { useEffect } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import { dutyNames, nameOf } from '../logic/words.ts';
import { Dialog } from './Dialog.tsx';
import { Form, textOf } from './Form.tsx';
import { useWorkplace } from './useWorkplace.ts';

export function TransferDialog({ row, close }: { row: ConversationRow; close: () => void }) {
  const { people, actions, notice } = useWorkplace();
  useEffect(() => void people.load(), [people]);
  const order = { on: 0, break: 1, off: 2 };
  const colleagues = people.officers.value
    .filter((officer) => !officer.disabled && officer.id !== row.officerId && officer.id !== people.me.value.id)
    .sort((a, b) => order[a.duty] - order[b.duty] || a.name.localeCompare(b.name));
  const teams = people.teams.value;
  return (
    <Dialog title={`${t('Alihkan', 'Hand on')} ${nameOf(row)} (K-${row.number})`} close={close}>
      <Form
        button={t('Alihkan', 'Hand on')}
        cancel={close}
        submit={async (fields) => {
          const [kind, id = ''] = textOf(fields, 'to').split(' ');
          if (id === '') return { ok: false, text: t('Pilih petugas atau tim.', 'Choose an officer or a team.') };
          const note = textOf(fields, 'note').trim();
          const isDone = await actions.transfer(row.id, kind === 'team' ? { teamId: id, note } : { officerId: id, note });
          if (!isDone) {
            // Shown here rather than behind the dialog.
            const text = notice.value ?? t('Gagal dialihkan.', 'It could not be handed on.');
            notice.value = null;
            return { ok: false, text };
          }
          close();
          return { ok: true, text: null };
        }}
      >
        <label class="field">
          <span class="field-label">{t('Kepada', 'To')}</span>
          <select name="to">
            <option value="">{t('Pilih petugas atau tim', 'Choose an officer or a team')}</option>
            {colleagues.length > 0 && (
              <optgroup label={t('Petugas', 'Officers')}>
                {colleagues.map((officer) => (
                  <option key={officer.id} value={`officer ${officer.id}`}>
                    {officer.name} ({dutyNames[officer.duty].toLowerCase()})
                  </option>
                ))}
              </optgroup>
            )}
            {teams.length > 0 && (
              <optgroup label={t('Tim', 'Teams')}>
                {teams.map((team) => (
                  <option key={team.id} value={`team ${team.id}`}>
                    {team.name}
                  </option>
                ))}
              </optgroup>
            )}
          </select>
        </label>
        <label class="field">
          <span class="field-label">{t('Catatan untuk penerima', 'Note to the colleague')}</span>
          <textarea name="note" rows={3} maxLength={2000} />
          <span class="field-hint">{t('Hanya petugas yang melihat.', 'Only officers see it.')}</span>
        </label>
      </Form>
    </Dialog>
  );
}
