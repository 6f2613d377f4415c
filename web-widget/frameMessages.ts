// The few words the host page's loader and the panel in its iframe exchange by postMessage. Both check the exact origin.
export type FromPanel = { loket: 'ready' } | { loket: 'close' } | { loket: 'unread'; count: number };
export type FromLoader = { loket: 'visible'; isVisible: boolean };

/** @returns the message, or null for anything else that arrives. */
export function parseFromPanel(data: unknown): FromPanel | null {
  if (!isRecord(data)) return null;
  if (data.loket === 'ready' || data.loket === 'close') return { loket: data.loket };
  return data.loket === 'unread' && typeof data.count === 'number' ? { loket: 'unread', count: data.count } : null;
}

/** @returns the message, or null for anything else that arrives. */
export function parseFromLoader(data: unknown): FromLoader | null {
  if (!isRecord(data) || data.loket !== 'visible' || typeof data.isVisible !== 'boolean') return null;
  return { loket: 'visible', isVisible: data.isVisible };
}

const isRecord = (data: unknown): data is Record<string, unknown> => typeof data === 'object' && data !== null;
