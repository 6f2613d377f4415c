// What intents are called: asked for when one is first shown, many at once, and kept while the page lives.
import { signal } from '@preact/signals';
import type { Api } from '../api.ts';

/** Rows drawn together ask together. Milliseconds. */
const SETTLE_MS = 30;
const AT_ONCE = 100;

/** @returns a reader that gives the title, or null until it is here; whoever reads it is drawn again then */
export function createTopics(api: Pick<Api, 'topics'>): (intent: string | null) => string | null {
  const titles = signal<ReadonlyMap<string, string | null>>(new Map());
  const wanted = new Set<string>();
  let isSoon = false;
  const askSoon = () => {
    if (isSoon) return;
    isSoon = true;
    setTimeout(() => void ask(), SETTLE_MS);
  };

  async function ask(): Promise<void> {
    isSoon = false;
    const ids = [...wanted].slice(0, AT_ONCE);
    const answer = await api.topics(ids);
    for (const id of ids) wanted.delete(id);
    // One that has no title is not asked for again; after a failure the next drawing asks.
    if (answer.ok) titles.value = new Map([...titles.value, ...ids.map((id) => [id, answer.titles[id] ?? null] as const)]);
    if (wanted.size > 0) askSoon();
  }

  return (intent) => {
    if (intent === null) return null;
    const title = titles.value.get(intent);
    if (title !== undefined || wanted.has(intent)) return title ?? null;
    wanted.add(intent);
    askSoon();
    return null;
  };
}
