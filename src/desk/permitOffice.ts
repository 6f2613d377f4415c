// The office's settings of permit status, read by everybody who serves citizens, replaced as a whole by admins.
import type { Officer } from '../contract/conversation.ts';
import type { ConnectorView } from '../contract/permitImport.ts';
import { problemWords } from '../contract/problems.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import { loadPermitSettings, PERMIT_SETTINGS, type PermitSettings, permitSettingsSchema } from './permitSettings.ts';
import type { Result } from './result.ts';

interface Stored {
  settings: PermitSettings;
  version: number;
}

export interface PermitOfficeVerbs {
  permitSettings(by: Officer): Promise<Result<Stored>>;
  /** Names every problem; `conflict` when somebody else saved first. */
  putPermitSettings(by: Officer, settings: unknown, version: number): Promise<Result<Stored>>;
  permitConnectors(by: Officer): Promise<Result<{ connectors: ConnectorView[] }>>;
}

export function createPermitOffice(
  desk: Pick<DeskContext, 'store' | 'clock' | 'permits'> & { pulls: Pick<DeskContext['pulls'], 'views'> },
): PermitOfficeVerbs {
  return {
    async permitSettings(_by) {
      const { value, version } = await loadPermitSettings(desk.store.settings);
      return { ok: true, settings: value, version };
    },
    async putPermitSettings(by, given, version) {
      const parsed = permitSettingsSchema.safeParse(given, { error: problemWords });
      if (!parsed.success) {
        const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
        return { ok: false, code: 'invalid', message: problems.slice(0, 10).join('; ') };
      }
      const audit = {
        id: newId('a'),
        at: desk.clock.now(),
        actor: by.id,
        action: 'permit-settings',
        subject: PERMIT_SETTINGS,
        detail: null,
      };
      const written = await desk.store.settings.put(PERMIT_SETTINGS, parsed.data, version, audit);
      if (written === 'conflict') return { ok: false, code: 'conflict' };
      await desk.permits.load();
      return { ok: true, settings: parsed.data, version: written.version };
    },
    permitConnectors: async (_by) => ({ ok: true, connectors: desk.pulls.views() }),
  };
}
