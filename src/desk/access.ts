// Who may read which conversation: the one rule, for lists, rooms and every verb.
import type { Conversation, Officer } from '../contract/conversation.ts';

type Reader = Pick<Officer, 'id' | 'role' | 'teamIds'>;
type Placed = Pick<Conversation, 'teamId' | 'officerId'>;

/** @returns whether this officer may read the conversation: no team owns it, or theirs does, or they hold it, or they are admin. */
export function mayRead(officer: Reader, conversation: Placed): boolean {
  if (officer.role === 'admin' || conversation.teamId === null) return true;
  return conversation.officerId === officer.id || officer.teamIds.includes(conversation.teamId);
}

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
    { room: 'admins', except: [] },
  ];
  if (conversation.officerId !== null) readers.push({ room: `officer:${conversation.officerId}`, except: [team, 'admins'] });
  return readers;
}

/** @returns the rooms an officer's console joins when it connects. An admin hears every team through `admins`, so joins no team's room. */
export function inboxRooms(officer: Reader): string[] {
  const own = ['inbox', `officer:${officer.id}`];
  return officer.role === 'admin' ? [...own, 'admins'] : [...own, ...officer.teamIds.map((id) => `team:${id}`)];
}
