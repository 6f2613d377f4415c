// One label: what it says, picking another, taking it back. Used on the bot's messages and in the list of unanswered questions.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { KnownIntent, LabelView, MessageLabel } from '../../../src/contract/knowledge.ts';
import type { Answer } from '../../answer.ts';
import { fullMoment } from '../../logic/admin.ts';
import { matchIntents } from '../../logic/knowledge.ts';
import { t } from '../../logic/language.ts';
import { useWorkplace } from '../useWorkplace.ts';
import { useReturn } from './useReturn.ts';

/**
 * @param messageId the bot's reply or the citizen's message
 * @param begin what the button says while there is no label
 * @param changed the label as the server has it now
 */
export function LabelEditor(props: {
  messageId: string;
  label: MessageLabel | null;
  begin: string;
  about: string;
  changed: (label: MessageLabel | null) => void;
}) {
  const { api, people } = useWorkplace();
  const { messageId, label, about } = props;
  const [isPicking, setPicking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [button, giveBack] = useReturn();
  const close = () => {
    setPicking(false);
    giveBack();
  };

  const send = async (asking: Promise<Answer<LabelView>>) => {
    const answer = await asking;
    setTrouble(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    close();
    props.changed(answer.label);
  };
  const who = label === null ? null : (people.nameOf(label.by) ?? t('petugas yang sudah tidak ada', 'somebody who has left'));
  return (
    <div class="label-editor">
      <p role="status">
        {label !== null && (
          <>
            {t('Label', 'Label')}: <strong>{nameOf(label)}</strong>
            <span class="admin-sub">
              {' '}
              {who}, {fullMoment(label.at)}
            </span>
          </>
        )}
      </p>
      {trouble !== null && <p role="alert">{trouble}</p>}
      {isPicking ? (
        <Picker current={label} pick={(intent) => void send(api.knowledge.label(messageId, intent))} close={close} />
      ) : (
        <div class="actions">
          <button ref={button} type="button" class="button is-small" onClick={() => setPicking(true)}>
            {label === null ? props.begin : t('Ubah label', 'Change the label')} <span class="sr-only">{about}</span>
          </button>
          {label !== null && (
            <button type="button" class="button is-small" onClick={() => void send(api.knowledge.unlabel(messageId))}>
              {t('Batalkan label', 'Take it back')} <span class="sr-only">{about}</span>
            </button>
          )}
        </div>
      )}
    </div>
  );
}

const nameOf = ({ intent, title }: MessageLabel): string =>
  intent === null ? t('bukan salah satu topik', 'none of the topics') : (title ?? intent);

function Picker(props: { current: MessageLabel | null; pick: (intent: string | null) => void; close: () => void }) {
  const { api } = useWorkplace();
  const [intents, setIntents] = useState<KnownIntent[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const whole = useRef<HTMLFieldSetElement>(null);
  // At the end of a conversation the list would open below the edge.
  useEffect(() => whole.current?.scrollIntoView({ block: 'nearest' }), [intents]);
  useEffect(() => {
    field.current?.focus();
    void api.knowledge.intents().then((answer) => {
      if (answer.ok) setIntents(answer.intents);
      else setTrouble(answer.message);
    });
  }, []);
  const found = matchIntents(intents ?? [], typed.trim());
  return (
    <fieldset ref={whole} class="label-picker">
      <legend>{t('Yang sebenarnya ditanyakan', 'What was really asked')}</legend>
      <input
        ref={field}
        type="search"
        value={typed}
        maxLength={60}
        aria-label={t('Cari topik', 'Find a topic')}
        placeholder={t('Cari topik, misalnya reklame', 'Find a topic')}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && props.close()}
      />
      {trouble !== null && <p role="alert">{trouble}</p>}
      <p role="status" class={found.length === 0 && intents !== null ? 'admin-sub' : 'sr-only'}>
        {intents === null ? t('Memuat…', 'Loading…') : t(`${found.length} topik`, `${found.length} topics`)}
      </p>
      <ul>
        {found.map(({ intent, title }) => (
          <li key={intent}>
            <button
              type="button"
              class="label-choice"
              aria-pressed={props.current?.intent === intent}
              onClick={() => props.pick(intent)}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="button is-small" onClick={() => props.pick(null)}>
          {t('Bukan salah satu', 'None of these')}
        </button>
        <button type="button" class="button is-small" onClick={props.close}>
          {t('Batal', 'Cancel')}
        </button>
      </div>
    </fieldset>
  );
}
