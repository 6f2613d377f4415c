// Linking the office's phone: the QR while it is valid, or a code for those who cannot scan.
import { useState } from 'preact/hooks';
import type { ChannelLogin } from '../../../src/contract/channels.ts';
import { isValid, secondsLeft, spellCode } from '../../logic/channels.ts';
import { t } from '../../logic/language.ts';
import { Field, Form, type Outcome, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { Qr } from './Qr.tsx';

export function Linking({ name, login, now }: { name: string; login: ChannelLogin; now: number }) {
  const { api } = useWorkplace();
  const [byCode, setByCode] = useState(false);
  const { qr, code } = login;
  const pair = async (fields: FormData): Promise<Outcome> => {
    const answer = await api.admin.pairChannel(name, textOf(fields, 'phone'));
    return answer.ok
      ? {
          ok: true,
          text: t(
            'Kode diminta; muncul di sini sebentar lagi. Bila tidak muncul dalam satu menit, periksa nomornya, lalu minta lagi.',
            'Asked for; the code shows here in a moment. If it does not within a minute, check the number and ask again.',
          ),
        }
      : { ok: false, text: answer.message };
  };
  if (code !== null && isValid(code, now)) {
    return (
      <div class="link-place">
        <p>
          {t(
            'Di ponsel kantor: buka WhatsApp → Perangkat tertaut → Tautkan perangkat → Tautkan dengan nomor telepon, lalu ketik kode ini.',
            'On the office’s phone: WhatsApp → Linked devices → Link a device → Link with phone number, then type this code.',
          )}
        </p>
        <p class="link-code">{spellCode(code.code)}</p>
        <Left until={code.until} now={now} />
      </div>
    );
  }
  return (
    <div class="link-place">
      {qr !== null && isValid(qr, now) && (
        <>
          <Qr text={qr.text} label={t('Kode QR untuk menautkan WhatsApp', 'QR code to link WhatsApp')} />
          <Left until={qr.until} now={now} />
        </>
      )}
      {!login.isAsleep && !byCode && (
        <button type="button" class="link" onClick={() => setByCode(true)}>
          {t('Tidak bisa memindai? Pakai kode', 'Cannot scan? Use a code')}
        </button>
      )}
      {!login.isAsleep && byCode && (
        <Form submit={pair} button={t('Minta kode', 'Ask for a code')} cancel={() => setByCode(false)}>
          <Field label={t('Nomor WhatsApp kantor', 'The office’s WhatsApp number')} name="phone" hint="0812… / 62812…" />
        </Form>
      )}
    </div>
  );
}

function Left({ until, now }: { until: number; now: number }) {
  return (
    <p class="admin-sub">
      {t('Berlaku', 'Valid for')} {secondsLeft(until, now)} {t('detik lagi', 'more seconds')}
    </p>
  );
}
