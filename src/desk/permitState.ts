// What the desk remembers about permit status in memory: the office's settings, whether there is anything to look up, who just sent a number.
import { defaultPermitSettings, loadPermitSettings, type PermitSettings } from './permitSettings.ts';
import type { Clock } from './ports.ts';
import type { ContactKey, Store } from './storePort.ts';

export interface PermitState {
  settings(): PermitSettings;
  /** There are files to look up: only then the dialogue is offered. */
  isOpen(): boolean;
  /** Reads both again: at start, every minute, and when they are changed. */
  load(): Promise<void>;
  /** This contact sent a permit number: the next digits may be the second fact, even before it is asked for. */
  sawNumber(contact: ContactKey): void;
  sawNumberLately(contact: ContactKey): boolean;
  /** The status was told: what this contact writes now is no second fact. */
  settle(contact: ContactKey): void;
}

/** Contacts remembered; the longest unheard are forgotten first. */
const MOST_CONTACTS = 5000;
const LATELY_MS = 30 * 60_000;

export function createPermitState({ store, clock }: { store: Store; clock: Clock }): PermitState {
  let settings = defaultPermitSettings;
  let isOpen = false;
  const seen = new Map<string, number>();
  const keyOf = ({ channel, accountId, externalId }: ContactKey) => `${channel} ${accountId} ${externalId}`;
  return {
    settings: () => settings,
    isOpen: () => isOpen,
    async load() {
      const [loaded, isEmpty] = await Promise.all([loadPermitSettings(store.settings), store.permits.isEmpty()]);
      settings = loaded.value;
      isOpen = !isEmpty;
    },
    sawNumber(contact) {
      const key = keyOf(contact);
      seen.delete(key);
      seen.set(key, clock.now());
      const oldest = seen.size > MOST_CONTACTS ? seen.keys().next().value : undefined;
      if (oldest !== undefined) seen.delete(oldest);
    },
    settle: (contact) => void seen.delete(keyOf(contact)),
    sawNumberLately: (contact) => clock.now() - (seen.get(keyOf(contact)) ?? Number.NEGATIVE_INFINITY) < LATELY_MS,
  };
}
