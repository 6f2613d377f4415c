// The page of canned replies and tags: every officer reads it, supervisors and admins change it.
import { useEffect, useState } from 'preact/hooks';
import type { Canned, CannedReply } from '../../../src/contract/workplace.ts';
import { variables } from '../../logic/canned.ts';
import { t } from '../../logic/language.ts';
import { useWorkplace } from '../useWorkplace.ts';
import { CannedEditor } from './CannedEditor.tsx';

export function CannedPage() {
  const { api, people, loadCanned } = useWorkplace();
  const [whole, setWhole] = useState<{ canned: Canned; version: number } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [edited, setEdited] = useState<string | null>(null);
  const mayChange = people.me.value.role !== 'officer';
  const load = async () => {
    const answer = await api.canned();
    setTrouble(answer.ok ? null : answer.message);
    if (answer.ok) setWhole(answer);
  };
  useEffect(() => void load(), []);

  /** @returns the sentence that says why not; null when it is saved */
  const save = async (canned: Canned): Promise<string | null> => {
    if (whole === null) return null;
    const answer = await api.saveCanned({ canned, version: whole.version });
    if (!answer.ok) {
      // Somebody else saved first: their version is shown, and what was typed stays in the form.
      if (answer.code === 'conflict') await load();
      return answer.message;
    }
    setWhole(answer);
    void loadCanned();
    return null;
  };
  const put = (reply: CannedReply) => {
    const others = whole?.canned.replies.filter((one) => one.id !== reply.id) ?? [];
    return save({ tags: whole?.canned.tags ?? [], replies: [...others, reply].sort((a, b) => a.title.localeCompare(b.title)) });
  };
  const drop = (id: string) =>
    save({ tags: whole?.canned.tags ?? [], replies: whole?.canned.replies.filter((one) => one.id !== id) ?? [] });

  const replies = whole?.canned.replies ?? [];
  return (
    <section class="page">
      <h1>{t('Balasan siap pakai', 'Canned replies')}</h1>
      <p>
        {t('Dipakai dengan / di kotak tulis. Diisi otomatis: ', 'Used with / in the box. Filled in by itself: ')}
        {Object.entries(variables).map(([name, meaning], i) => (
          <span key={name}>
            {i > 0 && ', '}
            <code>{`{${name}}`}</code> {meaning}
          </span>
        ))}
        .
      </p>
      {trouble !== null && (
        <p role="alert" class="hint-box">
          {trouble}
        </p>
      )}
      {whole !== null && replies.length === 0 && (
        <p class="empty">
          {mayChange
            ? t('Belum ada. Tulis yang pertama, misalnya salam pembuka.', 'None yet. Write the first, a greeting perhaps.')
            : t('Belum ada. Minta penyelia atau admin menambahkan.', 'None yet. Ask a supervisor or admin to add some.')}
        </p>
      )}
      <ul class="canned-rows">
        {replies.map((reply) => (
          <li key={reply.id} class="fact">
            {edited === reply.id ? (
              <CannedEditor reply={reply} save={put} drop={() => drop(reply.id)} close={() => setEdited(null)} />
            ) : (
              <>
                <p class="fact-head">{reply.title}</p>
                <p class="message-text">{reply.text}</p>
                {mayChange && (
                  <button type="button" class="button is-small" onClick={() => setEdited(reply.id)}>
                    {t('Ubah', 'Change')} <span class="sr-only">{reply.title}</span>
                  </button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {mayChange && edited === 'new' && <CannedEditor reply={null} save={put} drop={null} close={() => setEdited(null)} />}
      {mayChange && edited !== 'new' && (
        <div class="actions">
          <button type="button" class="button is-main" onClick={() => setEdited('new')}>
            {t('Tambah balasan', 'Add a reply')}
          </button>
        </div>
      )}
      {mayChange && whole !== null && <TagList tags={whole.canned.tags} save={(tags) => save({ ...whole.canned, tags })} />}
    </section>
  );
}

/** The tags that are offered; officers may still type others. */
function TagList({ tags, save }: { tags: string[]; save: (tags: string[]) => Promise<string | null> }) {
  const [text, setText] = useState(tags.join(', '));
  const [said, setSaid] = useState<string | null>(null);
  const submit = async () => {
    const words = text.split(',').map((word) => word.trim().toLowerCase());
    const kept = [...new Set(words.filter((word) => word !== ''))];
    const trouble = await save(kept);
    if (trouble === null) setText(kept.join(', '));
    setSaid(trouble ?? t('Tersimpan.', 'Saved.'));
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2>{t('Label percakapan', 'Tags')}</h2>
      <label class="field">
        <span class="field-label">{t('Label yang ditawarkan', 'Tags on offer')}</span>
        <textarea rows={2} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        <span class="field-hint">{t('Pisahkan dengan koma.', 'Separated by commas.')}</span>
      </label>
      <p role="status" class="form-outcome">
        {said}
      </p>
      <button type="submit" class="button">
        {t('Simpan label', 'Save tags')}
      </button>
    </form>
  );
}
