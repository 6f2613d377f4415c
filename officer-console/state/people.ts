// Colleagues, teams, and the officer's own duty.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Duty, Officer, Team } from '../../src/contract/conversation.ts';
import type { Api } from '../api.ts';

export interface People {
  /** The signed-in officer. */
  me: ReadonlySignal<Officer>;
  officers: ReadonlySignal<Officer[]>;
  teams: ReadonlySignal<Team[]>;
  load(): Promise<void>;
  /** @returns the officer's name; null when unknown or nobody. */
  nameOf(officerId: string | null): string | null;
  onDuty(change: { officerId: string; duty: Duty }): void;
}

/** @param officer as the session told it */
export function createPeople(options: { api: Pick<Api, 'officers' | 'teams'>; officer: Officer }): People {
  const { api, officer } = options;
  const me = signal(officer);
  const officers = signal<Officer[]>([officer]);
  const teams = signal<Team[]>([]);
  return {
    me,
    officers,
    teams,
    load: async () => {
      const [people, groups] = await Promise.all([api.officers(), api.teams()]);
      if (people.ok) officers.value = people.officers;
      if (groups.ok) teams.value = groups.teams;
      me.value = officers.value.find((one) => one.id === officer.id) ?? me.value;
    },
    nameOf: (officerId) => officers.value.find((one) => one.id === officerId)?.name ?? null,
    onDuty: ({ officerId, duty }) => {
      officers.value = officers.value.map((one) => (one.id === officerId ? { ...one, duty } : one));
      if (officerId === officer.id) me.value = { ...me.value, duty };
    },
  };
}
