// Who is signed in: the outermost state of the console.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Officer } from '../../src/contract/conversation.ts';
import type { Api } from '../api.ts';
import type { Workplace } from './workplace.ts';

export type Phase =
  | { kind: 'asking' }
  | { kind: 'away' }
  | { kind: 'out'; why: string | null }
  | { kind: 'in'; workplace: Workplace };

export interface Session {
  phase: ReadonlySignal<Phase>;
  /** Asks the server who we are, at the start and after signing in; keeps asking while it does not answer. */
  check(): Promise<void>;
  /** The session is dead; what was typed is kept for the next sign-in. */
  expire(): void;
  /**
   * Leaves for good: what was typed and not sent is thrown away.
   * @returns why it did not work, as a sentence; the server would still know this browser
   */
  leave(): Promise<string | null>;
}

const AGAIN_MS = 5000;
const expired = 'Sesi berakhir. Silakan masuk lagi; tulisan Anda masih tersimpan.';

/** @param build makes the workplace of a signed-in officer */
export function createSession(options: { api: Api; build: (officer: Officer) => Workplace }): Session {
  const { api, build } = options;
  const phase = signal<Phase>({ kind: 'asking' });
  const end = (forget: boolean, why: string | null) => {
    if (phase.value.kind === 'in') phase.value.workplace.stop(forget);
    phase.value = { kind: 'out', why };
  };

  async function check(): Promise<void> {
    const answer = await api.session();
    if (answer.ok) {
      if (phase.value.kind !== 'in') phase.value = { kind: 'in', workplace: build(answer.officer) };
    } else if (answer.code === 'unauthorized') {
      end(false, phase.value.kind === 'in' ? expired : null);
    } else if (phase.value.kind !== 'in') {
      phase.value = { kind: 'away' };
      setTimeout(() => void check(), AGAIN_MS);
    }
  }

  return {
    phase,
    check,
    expire: () => {
      if (phase.value.kind === 'in') end(false, expired);
    },
    leave: async () => {
      const answer = await api.signOut();
      if (!answer.ok && answer.code !== 'unauthorized') return answer.message;
      end(true, null);
      return null;
    },
  };
}
