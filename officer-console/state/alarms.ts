// The alarms that hold now: read at the start and after a reconnect, told by the server when one begins or ends.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Alarm } from '../../src/contract/alarms.ts';
import type { Api } from '../api.ts';

export interface Alarms {
  list: ReadonlySignal<Alarm[]>;
  load(): Promise<void>;
  onChanged(change: { alarms: Alarm[] }): void;
}

export function createAlarms(api: Pick<Api, 'admin'>): Alarms {
  const list = signal<Alarm[]>([]);
  return {
    list,
    load: async () => {
      const answer = await api.admin.alarms();
      if (answer.ok) list.value = answer.alarms;
    },
    onChanged: ({ alarms }) => {
      list.value = alarms;
    },
  };
}
