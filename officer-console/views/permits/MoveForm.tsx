// Entering a position by hand: the fields, and the form for a file that is known.
import { useState } from 'preact/hooks';
import type { PermitStage, PermitTurn } from '../../../src/contract/permit.ts';
import type { MovePermit, PermitView } from '../../../src/contract/permitDesk.ts';
import { t } from '../../logic/language.ts';
import { stageNames, turnNames } from '../../logic/permits.ts';
import { useLoaded } from '../admin/parts.tsx';
import { Form, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';

export function MoveForm(props: { file: PermitView; moved: (file: PermitView) => void; cancel: () => void }) {
  const { api } = useWorkplace();
  return (
    <Form
      button={t('Simpan status', 'Save the status')}
      cancel={props.cancel}
      submit={async (fields) => {
        const answer = await api.permits.move(props.file.id, positionOf(fields));
        if (!answer.ok) return { ok: false, text: answer.message };
        props.moved(answer.file);
        return { ok: true, text: null };
      }}
    >
      <p class="field-hint">
        {t(
          'Tercatat atas nama Anda. Warga yang minta dikabari akan diberi tahu.',
          'On record under your name. Whoever asked to be told will be told.',
        )}
      </p>
      <PositionFields />
    </Form>
  );
}

/** Stage, turn, reason, since, note; read back by `positionOf`. */
export function PositionFields() {
  const { api } = useWorkplace();
  const settings = useLoaded(() => api.permits.settings());
  const [stage, setStage] = useState<PermitStage>('verifikasi_berkas');
  return (
    <>
      <label class="field">
        <span class="field-label">{t('Posisi', 'Position')}</span>
        <select name="stage" value={stage} onChange={(event) => setStage(event.currentTarget.value as PermitStage)}>
          {Object.entries(stageNames).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {stage === 'dikembalikan' && (
        <label class="field">
          <span class="field-label">{t('Alasan baku', 'Standard reason')}</span>
          <select name="reason">
            <option value="">{t('tidak disebut', 'not told')}</option>
            {settings.data?.settings.reasons.map((reason) => (
              <option key={reason.key} value={reason.key}>
                {reason.id}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field">
        <span class="field-label">{t('Giliran', 'Whose turn')}</span>
        <select name="turn">
          <option value="">{t('seperti biasanya di posisi ini', 'as usual at this position')}</option>
          {Object.entries(turnNames).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="field-label">{t('Sejak', 'Since')}</span>
        <input name="since" type="date" />
        <span class="field-hint">{t('Kosongkan bila tidak pasti.', 'Leave it empty when not sure.')}</span>
      </label>
      <label class="field">
        <span class="field-label">{t('Catatan untuk petugas', 'Note for officers')}</span>
        <textarea name="note" rows={2} maxLength={500} />
      </label>
    </>
  );
}

export function positionOf(fields: FormData): Partial<MovePermit> {
  const turn = textOf(fields, 'turn');
  return {
    stage: textOf(fields, 'stage') as PermitStage,
    ...(turn !== '' && { turn: turn as PermitTurn }),
    reason: textOf(fields, 'reason') || null,
    since: textOf(fields, 'since') || null,
    note: textOf(fields, 'note'),
  };
}
