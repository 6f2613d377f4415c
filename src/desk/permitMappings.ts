// Mappings that were used: the next export with the same columns needs no new one. One small document, the newest first.
import { z } from 'zod';
import { type Mapping, mappingSchema } from '../contract/permitImport.ts';
import { newId } from './ids.ts';
import type { SettingStore } from './storePort.ts';

const KEY = 'permit-mappings';
const MOST = 20;
const schema = z.array(mappingSchema);

export async function loadMappings(settings: SettingStore): Promise<Mapping[]> {
  const parsed = schema.safeParse((await settings.get(KEY))?.value ?? []);
  return parsed.success ? parsed.data : [];
}

/** Somebody else saving at the same moment wins: the mapping is proposed again, no more is lost. */
export async function rememberMapping(settings: SettingStore, mapping: Mapping, by: string, now: number): Promise<void> {
  const stored = await settings.get(KEY);
  const known = await loadMappings(settings);
  const same = (one: Mapping) => JSON.stringify(one.columns) === JSON.stringify(mapping.columns) && one.system === mapping.system;
  const next = [mapping, ...known.filter((one) => !same(one))].slice(0, MOST);
  if (JSON.stringify(next) === JSON.stringify(known)) return;
  const audit = { id: newId('a'), at: now, actor: by, action: 'permit-mapping', subject: KEY, detail: mapping.system };
  await settings.put(KEY, next, stored?.version ?? 0, audit);
}
