// The console's one kind of form: labelled fields, one button, one sentence about the outcome.

import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { t } from '../logic/language.ts';
import { inWords } from './inWords.ts';

export type Outcome = { ok: true; text: string | null } | { ok: false; text: string };
/** Sends only what shall change of the office's settings. */
export type SaveOffice = (change: Record<string, unknown>) => Promise<Outcome>;

/**
 * @param submit gets the fields by name; while it works the button is off, so one press is one request
 * @param clears whether the fields are emptied after success
 * @param drop deletes what the form is about
 * @param destroys the button looks like what it does: nothing brings back what goes
 */
export function Form(props: {
  submit: (fields: FormData) => Promise<Outcome>;
  button: string;
  clears?: boolean;
  destroys?: boolean;
  cancel?: () => void;
  drop?: { label: string; step: () => Promise<Outcome> } | null;
  children: ComponentChildren;
}) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const work = async (step: () => Promise<Outcome>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    const result = await step();
    setBusy(false);
    setOutcome(result.ok || element.current === null ? result : { ok: false, text: inWords(result.text, element.current) });
    return result.ok;
  };
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    if ((await work(() => props.submit(new FormData(form)))) && props.clears === true) form.reset();
  };
  const { drop } = props;
  return (
    <form ref={element} class="form" onSubmit={(event) => void onSubmit(event)}>
      {props.children}
      <p role="status" class={outcome?.ok === false ? 'form-outcome is-bad' : 'form-outcome'}>
        {outcome?.text}
      </p>
      <div class="actions">
        <button type="submit" class={`button is-main ${props.destroys === true ? 'is-danger' : ''}`} disabled={busy}>
          {busy ? t('Sebentar…', 'A moment…') : props.button}
        </button>
        {props.cancel !== undefined && (
          <button type="button" class="button" onClick={props.cancel}>
            {t('Batal', 'Cancel')}
          </button>
        )}
        {drop != null && (
          <button type="button" class="link is-bad" disabled={busy} onClick={() => void work(drop.step)}>
            {drop.label}
          </button>
        )}
      </div>
    </form>
  );
}

export function Field(props: {
  label: string;
  name: string;
  type?: 'text' | 'email' | 'password';
  hint?: string;
  autocomplete?: string;
  minLength?: number;
  value?: string;
}) {
  return (
    <label class="field">
      <span class="field-label">{props.label}</span>
      <input
        name={props.name}
        // The JSX types know each kind of input by itself, but no choice between them.
        type={(props.type ?? 'text') as 'text'}
        autocomplete={props.autocomplete ?? 'off'}
        minLength={props.minLength ?? 1}
        {...(props.value !== undefined && { defaultValue: props.value })}
        required
      />
      {props.hint !== undefined && <span class="field-hint">{props.hint}</span>}
    </label>
  );
}

/** @param step resolves to the sentence that says why not, or to null; then `done` runs */
export async function outcomeOf(step: Promise<string | null>, done: () => void): Promise<Outcome> {
  const said = await step;
  if (said !== null) return { ok: false, text: said };
  done();
  return { ok: true, text: null };
}

/** @returns one field as text. */
export const textOf = (fields: FormData, name: string): string => String(fields.get(name) ?? '');
