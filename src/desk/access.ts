// Who may do what: the one table of rights, put before every verb, and the one rule of which conversations an officer may read.
import { type Conversation, type Officer, type Role, roles } from '../contract/conversation.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { AdminVerbs } from './adminVerbs.ts';
import type { ChannelVerbs } from './channelVerbs.ts';
import type { ContactVerbs } from './contactVerbs.ts';
import type { KnowledgeVerbs } from './knowledgeVerbs.ts';
import type { PermitImportVerbs } from './permitImports.ts';
import type { PermitOfficeVerbs } from './permitOffice.ts';
import type { PermitVerbs } from './permitVerbs.ts';
import type { OfficerVerbs, OfficeVerbs, WatchVerbs } from './verbs.ts';

type Reader = Pick<Officer, 'id' | 'role' | 'teamIds'>;
type Placed = Pick<Conversation, 'teamId' | 'officerId'>;

/** Verbs of a signed-in person. `office.get` is left out: everybody signed in may read what citizens are told. */
type Verb =
  | (keyof OfficerVerbs | keyof AdminVerbs | keyof ContactVerbs | keyof WatchVerbs | Exclude<keyof OfficeVerbs, 'get'>)
  | (keyof PermitVerbs | keyof PermitImportVerbs | keyof PermitOfficeVerbs | keyof KnowledgeVerbs | keyof ChannelVerbs);
/** Rights that widen a verb instead of opening one. */
type Reach = 'readEveryTeam' | 'moveOthers' | 'everyDeadLetter';

/** For each verb the least role that may use it. A verb without a line here does not compile. */
export const rights: Record<Verb | Reach, Role> = {
  list: 'officer',
  search: 'officer',
  since: 'officer',
  messages: 'officer',
  send: 'officer',
  note: 'officer',
  claim: 'officer',
  release: 'officer',
  transfer: 'officer',
  close: 'officer',
  setDuty: 'officer',
  touched: 'officer',
  seen: 'officer',
  typing: 'officer',
  retry: 'officer',
  file: 'officer',
  officers: 'officer',
  teams: 'officer',
  /** Undelivered messages of what one holds. */
  deadLetters: 'officer',
  /** Of all conversations one may read. */
  everyDeadLetter: 'supervisor',
  earlier: 'officer',
  suggest: 'officer',
  sendFile: 'officer',
  setTags: 'officer',
  topics: 'officer',
  canned: 'officer',
  putCanned: 'supervisor',
  templates: 'officer',
  sendTemplate: 'officer',
  channels: 'officer',
  /** Says that the provider approved a text. */
  putTemplates: 'admin',
  /** Conversations of teams one is not a member of. */
  readEveryTeam: 'supervisor',
  /** Releasing, handing on and closing what a colleague holds. */
  moveOthers: 'supervisor',

  contact: 'officer',
  link: 'officer',
  unlink: 'officer',
  block: 'supervisor',
  erasePreview: 'admin',
  erase: 'admin',

  permitsOf: 'officer',
  /** Every look is in the audit trail. */
  findPermits: 'officer',
  permit: 'officer',
  waitingPermits: 'officer',
  addPermit: 'officer',
  movePermit: 'officer',
  endWatches: 'officer',
  /** Saying what a message one may read really asked. */
  intents: 'officer',
  labelOf: 'officer',
  label: 'officer',
  unlabel: 'officer',
  /** What all citizens ask. */
  factUses: 'supervisor',
  unanswered: 'supervisor',

  alarms: 'officer',
  channelLogins: 'admin',
  restartChannel: 'admin',
  logoutChannel: 'admin',
  pairChannel: 'admin',
  mySessions: 'officer',
  endMySession: 'officer',
  audit: 'supervisor',
  sessionsOf: 'admin',
  endSession: 'admin',
  invite: 'admin',
  invitations: 'admin',
  withdraw: 'admin',
  addOfficer: 'admin',
  changeOfficer: 'admin',
  addTeam: 'admin',
  changeTeam: 'admin',
  put: 'admin',
  readHolidays: 'admin',

  uploadPermits: 'supervisor',
  permitImports: 'supervisor',
  permitImport: 'supervisor',
  previewPermits: 'supervisor',
  runPermits: 'supervisor',
  dropPermits: 'supervisor',
  permitBatches: 'supervisor',
  undoPermits: 'supervisor',
  permitSettings: 'officer',
  putPermitSettings: 'admin',
  permitConnectors: 'supervisor',
};

const refused = { ok: false, code: 'forbidden' satisfies ErrorCode, message: 'Peran Anda tidak mencakup tindakan ini.' };

/** @returns whether this person's role includes the verb or the wider reach; nobody who is disabled may anything. */
export function may(officer: Pick<Officer, 'role' | 'disabled'>, right: Verb | Reach): boolean {
  return !officer.disabled && roles.indexOf(officer.role) >= roles.indexOf(rights[right]);
}

/**
 * Puts the table before verbs whose first argument is the person: HTTP and sockets call what comes out, so no door decides.
 * Refused calls resolve with `forbidden`; verbs every officer has cannot be refused to one who is signed in.
 */
export function guardVerbs<V extends object>(verbs: V): V {
  const guarded = Object.entries(verbs).map(([name, verb]: [string, (by: Officer, ...rest: unknown[]) => Promise<unknown>]) => [
    name,
    async (by: Officer, ...rest: unknown[]) => (may(by, name as Verb) ? verb(by, ...rest) : refused),
  ]);
  return Object.fromEntries(guarded) as V;
}

/** @returns whether this officer may read the conversation: no team owns it, or theirs does, or they hold it, or they read every team. */
export function mayRead(officer: Reader, conversation: Placed): boolean {
  if (readsEveryTeam(officer) || conversation.teamId === null) return true;
  return conversation.officerId === officer.id || officer.teamIds.includes(conversation.teamId);
}

/** @returns the teams whose conversations lists show; null for every team. */
export const teamsOf = (officer: Reader): string[] | null => (readsEveryTeam(officer) ? null : officer.teamIds);

const readsEveryTeam = ({ role }: Pick<Officer, 'role'>): boolean => may({ role, disabled: false }, 'readEveryTeam');

/** A realtime room, less the members of other rooms who hear the same another way. */
export interface Audience {
  room: string;
  except: string[];
}

/** @returns the rooms that together hold exactly the officers for whom `mayRead` is true, each officer once. */
export function inboxAudiences(conversation: Placed): Audience[] {
  if (conversation.teamId === null) return [{ room: 'inbox', except: [] }];
  const team = `team:${conversation.teamId}`;
  const readers: Audience[] = [
    { room: team, except: [] },
    { room: 'every-team', except: [] },
  ];
  if (conversation.officerId !== null) readers.push({ room: `officer:${conversation.officerId}`, except: [team, 'every-team'] });
  return readers;
}

/** @returns the rooms an officer's console joins when it connects. Who hears every team through `every-team` joins no team's room. */
export function inboxRooms(officer: Reader): string[] {
  const own = ['inbox', `officer:${officer.id}`];
  return readsEveryTeam(officer) ? [...own, 'every-team'] : [...own, ...officer.teamIds.map((id) => `team:${id}`)];
}
