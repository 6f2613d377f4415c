// The console's requests of running the office: people, ways in, contacts, search, alarms. Made over the one `ask` of api.ts.
import type { Alarm } from '../src/contract/alarms.ts';
import type { ChannelView } from '../src/contract/channels.ts';
import type { ContactView, Erased, Footprint } from '../src/contract/contacts.ts';
import type { Officer, Role, Team } from '../src/contract/conversation.ts';
import type { AuditEntryView, InvitationView, SessionView } from '../src/contract/people.ts';
import type { SearchPage } from '../src/contract/search.ts';
import type { Answer } from './answer.ts';

type Ask = <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>;
export interface Holiday {
  date: string;
  name: string;
}
type Calendar = { holidays: (Holiday & { isKnown: boolean })[]; refused: { name: string; reason: string }[] };

export function createAdminApi(ask: Ask) {
  const of = (folder: string, id: string) => `/api/${folder}/${encodeURIComponent(id)}`;
  const query = (words: Record<string, string>) => new URLSearchParams(words).toString();
  return {
    changeOfficer: (id: string, patch: { name?: string; role?: Role; disabled?: boolean; teamIds?: string[] }) =>
      ask<{ officer: Officer }>('PATCH', of('officers', id), patch),
    changeTeam: (id: string, patch: { name?: string; officerIds?: string[] }) =>
      ask<{ team: Team }>('PATCH', of('teams', id), patch),
    addTeam: (name: string) => ask<{ team: Team }>('POST', '/api/teams', { name }),
    invitations: () => ask<{ invitations: InvitationView[] }>('GET', '/api/invitations'),
    invite: (invitation: { email: string; role: Role; teamIds: string[] }) =>
      ask<{ invitation: InvitationView; token: string }>('POST', '/api/invitations', invitation),
    withdraw: (id: string) => ask<object>('DELETE', of('invitations', id)),
    invitation: (token: string) =>
      ask<{ email: string; role: Role; expiresAt: number }>('GET', `/api/invitation?${query({ token })}`),
    accept: (form: { token: string; name: string; password: string }) =>
      ask<{ officer: Officer }>('POST', '/api/invitation', form),
    sessions: (officerId: string | null) =>
      ask<{ sessions: SessionView[] }>('GET', officerId === null ? '/api/sessions' : `${of('officers', officerId)}/sessions`),
    endSession: (officerId: string | null, id: string) =>
      ask<object>('DELETE', `${officerId === null ? '/api' : of('officers', officerId)}/sessions/${encodeURIComponent(id)}`),
    audit: () => ask<{ entries: AuditEntryView[] }>('GET', '/api/audit?limit=200'),
    readHolidays: (text: string) => ask<Calendar>('POST', '/api/settings/holidays', { text }),
    channelLogins: () => ask<{ channels: ChannelView[] }>('GET', '/api/channels/logins'),
    restartChannel: (name: string) => ask<object>('POST', `${of('channels', name)}/restart`, {}),
    logoutChannel: (name: string) => ask<object>('POST', `${of('channels', name)}/logout`, {}),
    pairChannel: (name: string, phone: string) => ask<object>('POST', `${of('channels', name)}/pair`, { phone }),
    alarms: () => ask<{ alarms: Alarm[] }>('GET', '/api/alarms'),
    contact: (id: string) => ask<{ contact: ContactView }>('GET', of('contacts', id)),
    link: (id: string, other: string) => ask<object>('PUT', `${of('contacts', id)}/link`, { with: other }),
    unlink: (id: string) => ask<object>('DELETE', `${of('contacts', id)}/link`),
    block: (id: string, blocked: boolean) => ask<object>('PUT', `${of('contacts', id)}/block`, { blocked }),
    footprint: (id: string) => ask<{ footprint: Footprint }>('GET', `${of('contacts', id)}/footprint`),
    erase: (id: string, confirm: string) => ask<{ erased: Erased }>('DELETE', of('contacts', id), { confirm }),
    search: (q: string, cursor: string | null) =>
      ask<SearchPage>('GET', `/api/conversations/search?${query({ q, ...(cursor !== null && { cursor }) })}`),
  };
}
