// The console's pages beside the conversations: one line each. Address, name, who may open it, and the view, loaded when first opened.
import type { ComponentType } from 'preact';
import type { Role } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import type { IconName } from './Icon.tsx';

/** What a page gets: the rest of its address (`#/<path>/<rest>?<query>`). */
export interface PageProps {
  rest: string;
  query: Record<string, string>;
}

export interface Page {
  /** `#/<path>`. */
  path: string;
  title: string;
  /** The least role that may open it; the server checks every request all the same. */
  role: Role;
  /** Its sign in the menu; null = not in the menu, reached by links. */
  icon: IconName | null;
  load: () => Promise<ComponentType<PageProps>>;
}

export const pages: readonly Page[] = [
  {
    path: 'gagal',
    title: t('Gagal terkirim', 'Undelivered'),
    role: 'officer',
    icon: 'dead',
    load: () => import('./Undelivered.tsx').then((m) => m.Undelivered),
  },
  {
    path: 'balasan',
    title: t('Balasan', 'Replies'),
    role: 'officer',
    icon: 'canned',
    load: () => import('./canned/CannedPage.tsx').then((m) => m.CannedPage),
  },
  {
    path: 'pengaturan',
    title: t('Pengaturan', 'Settings'),
    role: 'officer',
    icon: 'settings',
    load: () => import('./Settings.tsx').then((m) => m.Settings),
  },
];

/** What each role is worth: a page is for its role and every higher one. */
const rank: Record<Role, number> = { officer: 0, admin: 2 };

/** @returns whether an officer of this role sees the page. */
export const mayOpen = (role: Role, page: Page): boolean => rank[role] >= rank[page.role];
