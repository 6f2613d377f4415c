// Choosing a file: the browser's own control speaks the browser's language, so it is kept for keyboard and readers only and drawn in the console's words.
import { useState } from 'preact/hooks';
import { t } from '../logic/language.ts';

/** @param props `accept` as of the input; `take` gets the file, also the same one again */
export function FilePick(props: {
  label: string;
  accept: string;
  hint?: string;
  disabled?: boolean;
  take: (file: File) => void;
}) {
  const [name, setName] = useState<string | null>(null);
  return (
    <label class="field file-pick">
      <span class="field-label">{props.label}</span>
      <input
        type="file"
        class="sr-only"
        accept={props.accept}
        disabled={props.disabled ?? false}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file === undefined) return;
          setName(file.name);
          props.take(file);
        }}
      />
      <span class="file-chosen">
        <span class="button">{t('Pilih berkas', 'Choose a file')}</span> {name ?? t('Belum ada yang dipilih', 'None chosen yet')}
      </span>
      {props.hint !== undefined && <span class="field-hint">{props.hint}</span>}
    </label>
  );
}
