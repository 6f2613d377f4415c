// The page of templates: every officer reads it, admins change it and say what the provider has approved.
import { useEffect, useState } from 'preact/hooks';
import type { Template } from '../../../src/contract/templates.ts';
import { t } from '../../logic/language.ts';
import { moment } from '../../logic/words.ts';
import { useWorkplace } from '../useWorkplace.ts';
import { TemplateEditor } from './TemplateEditor.tsx';

type Draft = Omit<Template, 'approvedBy' | 'approvedAt'>;

export function TemplatesPage() {
  const { api, people, now } = useWorkplace();
  const [whole, setWhole] = useState<{ templates: Template[]; version: number } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [edited, setEdited] = useState<string | null>(null);
  const mayChange = people.me.value.role === 'admin';
  const load = async () => {
    const answer = await api.templates();
    setTrouble(answer.ok ? null : answer.message);
    if (answer.ok) setWhole(answer);
  };
  useEffect(() => void load(), []);

  /** @returns the sentence that says why not; null when it is saved */
  const save = async (templates: Draft[]): Promise<string | null> => {
    if (whole === null) return null;
    const answer = await api.saveTemplates({ templates, version: whole.version });
    if (!answer.ok) {
      if (answer.code === 'conflict') await load();
      return answer.message;
    }
    setWhole(answer);
    return null;
  };
  const drafts: Draft[] = (whole?.templates ?? []).map(({ approvedBy, approvedAt, ...draft }) => draft);
  const put = (draft: Draft) =>
    save([...drafts.filter(({ id }) => id !== draft.id), draft].sort((a, b) => a.title.localeCompare(b.title)));
  const drop = (id: string) => save(drafts.filter((one) => one.id !== id));

  return (
    <section class="page">
      <h1>{t('Templat', 'Templates')}</h1>
      <p>
        {t(
          'Teks yang sudah disetujui Meta. Hanya ini yang dapat dikirim di WhatsApp setelah 24 jam sejak pesan terakhir warga.',
          'Texts Meta has approved. Only these can be sent on WhatsApp once 24 h have passed since the citizen wrote.',
        )}
      </p>
      {trouble !== null && (
        <p role="alert" class="hint-box">
          {trouble}
        </p>
      )}
      {whole?.templates.length === 0 && (
        <p class="empty">
          {mayChange
            ? t('Belum ada. Salin nama dan teksnya persis seperti di WhatsApp Manager.', 'None yet. Copy name and text exactly.')
            : t('Belum ada. Minta admin menambahkan.', 'None yet. Ask an admin to add some.')}
        </p>
      )}
      <ul class="canned-rows">
        {whole?.templates.map((template) => (
          <li key={template.id} class="fact">
            {edited === template.id ? (
              <TemplateEditor template={template} save={put} drop={() => drop(template.id)} close={() => setEdited(null)} />
            ) : (
              <>
                <p class="fact-head">
                  {template.title} <code>{`${template.name} · ${template.language}`}</code>
                </p>
                <p class="message-text">{template.body}</p>
                <p class="field-hint">
                  {template.approvedAt === null
                    ? t('Belum disetujui: tidak dapat dikirim.', 'Not approved: cannot be sent.')
                    : `${t('Ditandai disetujui oleh', 'Marked approved by')} ${people.nameOf(template.approvedBy) ?? '?'}, ${moment(template.approvedAt, now.value)}`}
                </p>
                {mayChange && (
                  <button type="button" class="button is-small" onClick={() => setEdited(template.id)}>
                    {t('Ubah', 'Change')} <span class="sr-only">{template.title}</span>
                  </button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {mayChange && edited === 'new' && <TemplateEditor template={null} save={put} drop={null} close={() => setEdited(null)} />}
      {mayChange && edited !== 'new' && (
        <div class="actions">
          <button type="button" class="button is-main" onClick={() => setEdited('new')}>
            {t('Tambah templat', 'Add a template')}
          </button>
        </div>
      )}
    </section>
  );
}
