// Making one's own account at the door: name, password, then straight to the queue.
import type { ComponentChildren } from 'preact';
import type { Answer } from '../answer.ts';
import { t } from '../logic/language.ts';
import { talkHash } from '../logic/route.ts';
import { Field, Form, textOf } from './Form.tsx';

/**
 * @param make asks the server for the account; `done` finds out who is signed in now
 * @param children further fields, between name and password
 */
export function AccountForm(props: {
  button: string;
  make: (account: { name: string; password: string }, fields: FormData) => Promise<Answer<object>>;
  done: () => Promise<void>;
  children?: ComponentChildren;
}) {
  return (
    <Form
      button={props.button}
      submit={async (fields) => {
        const answer = await props.make({ name: textOf(fields, 'name'), password: textOf(fields, 'password') }, fields);
        if (!answer.ok) return { ok: false, text: answer.message };
        // The token leaves the address and the history.
        location.replace(talkHash('queue'));
        await props.done();
        return { ok: true, text: null };
      }}
    >
      <Field label={t('Nama', 'Name')} name="name" autocomplete="name" minLength={2} />
      {props.children}
      <Field
        label={t('Kata sandi', 'Password')}
        name="password"
        type="password"
        autocomplete="new-password"
        minLength={10}
        hint={t('Paling sedikit 10 karakter.', 'At least 10 characters.')}
      />
    </Form>
  );
}
