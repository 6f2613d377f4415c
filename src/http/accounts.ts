// Handlers of an admin's work on officers and teams. A right taken away holds at once: sessions end, sockets are cut.
import type { z } from 'zod';
import { LoketError } from '../contract/errors.ts';
import type { officerBody, officerPatchBody, teamBody } from '../contract/http.ts';
import { newId } from '../desk/ids.ts';
import type { HttpOptions } from './options.ts';
import type { Call } from './route.ts';

type AccountParts = Pick<HttpOptions, 'store' | 'auth' | 'passwords' | 'realtime' | 'clock'>;

export function createAccountHandlers({ store: { officers }, auth, passwords, realtime, clock }: AccountParts) {
  return {
    async create({ input }: Call<'admin', z.output<typeof officerBody>>) {
      const { password, ...officer } = input;
      const passwordHash = await passwords.hash(password);
      const made = await officers.create({ ...officer, id: newId('o'), passwordHash, now: clock.now() }, false);
      if (typeof made === 'string') throw new LoketError('conflict', 'E-mail ini sudah dipakai petugas lain.');
      return { officer: made };
    },
    async change({ by, id, input }: Call<'admin', z.output<typeof officerPatchBody>>) {
      // An admin always remains: nobody takes their own rights away.
      if (id === by.id && (input.disabled === true || input.role === 'officer'))
        throw new LoketError('conflict', 'Minta admin lain untuk mengubah hak Anda sendiri.');
      const officer = await officers.update(id, input);
      if (officer === null) throw new LoketError('not-found', 'Petugas tidak ditemukan.');
      if (officer.disabled) await auth.endSessions(id);
      // Consoles connect again by themselves, with the rights that hold now, or not at all.
      realtime.cut(id);
      return { officer };
    },
    async createTeam({ input }: Call<'admin', z.output<typeof teamBody>>) {
      const team = await officers.putTeam({ id: newId('t'), name: input.name });
      if (team === 'duplicate') throw new LoketError('conflict', 'Nama tim ini sudah ada.');
      return { team };
    },
  };
}
