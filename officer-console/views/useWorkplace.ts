// How the views reach the signed-in officer's workplace.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Workplace } from '../state/workplace.ts';

export const WorkplaceContext = createContext<Workplace | null>(null);

/** @throws when a view is used outside the signed-in part of the app */
export function useWorkplace(): Workplace {
  const workplace = useContext(WorkplaceContext);
  if (workplace === null) throw new Error('This view belongs inside the signed-in part.');
  return workplace;
}
