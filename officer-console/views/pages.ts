// The console's pages beside the conversations: one line each. Address, name, who may open it, and the view, loaded when first opened.
import type { ComponentType } from 'preact';
import type { Role } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import type { Workplace } from '../state/workplace.ts';
import type { IconName } from './Icon.tsx';
import type { PageProps } from './pageProps.ts';

export interface Page {
  /** `#/<path>`. */
  path: string;
  title: string;
  /** The least role that may open it; the server checks every request all the same. */
  role: Role;
  /** Its sign in the menu; null = not in the menu, reached by links. */
  icon: IconName | null;
  load: () => Promise<ComponentType<PageProps>>;
  /** A number beside its name in the menu; 0 = none. */
  badge?: (workplace: Workplace) => number;
}

export const pages: readonly Page[] = [
  {
    path: 'cari',
    title: t('Cari', 'Search'),
    role: 'officer',
    icon: 'search',
    load: () => import('./admin/Search.tsx').then((m) => m.Search),
  },
  {
    path: 'kontak',
    title: t('Kontak', 'Contact'),
    role: 'officer',
    icon: null,
    load: () => import('./admin/Contact.tsx').then((m) => m.Contact),
  },
  {
    path: 'berkas',
    title: t('Berkas', 'Files'),
    role: 'officer',
    icon: 'file',
    load: () => import('./permits/FilesPage.tsx').then((m) => m.FilesPage),
  },
  {
    path: 'alarm',
    title: t('Alarm', 'Alarms'),
    role: 'officer',
    icon: 'alarm',
    load: () => import('./admin/AlarmList.tsx').then((m) => m.AlarmList),
    badge: ({ alarms }) => alarms.list.value.length,
  },
  {
    path: 'petugas',
    title: t('Petugas', 'People'),
    role: 'admin',
    icon: 'people',
    load: () => import('./admin/People.tsx').then((m) => m.People),
  },
  {
    path: 'whatsapp',
    title: t('WhatsApp', 'WhatsApp'),
    role: 'admin',
    icon: 'phone',
    load: () => import('./whatsapp/WhatsappPage.tsx').then((m) => m.WhatsappPage),
  },
  {
    path: 'jam',
    title: t('Jam layanan', 'Hours'),
    role: 'admin',
    icon: 'hours',
    load: () => import('./admin/Hours.tsx').then((m) => m.Hours),
  },
  {
    path: 'pengetahuan',
    title: t('Pengetahuan', 'Knowledge'),
    role: 'supervisor',
    icon: 'book',
    load: () => import('./knowledge/KnowledgePage.tsx').then((m) => m.KnowledgePage),
  },
  {
    path: 'jejak',
    title: t('Jejak', 'Trail'),
    role: 'supervisor',
    icon: 'trail',
    load: () => import('./admin/Trail.tsx').then((m) => m.Trail),
  },
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
    path: 'templat',
    title: t('Templat', 'Templates'),
    role: 'officer',
    icon: 'template',
    load: () => import('./templates/TemplatesPage.tsx').then((m) => m.TemplatesPage),
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
const rank: Record<Role, number> = { officer: 0, supervisor: 1, admin: 2 };

/** @returns whether an officer of this role sees the page. */
export const mayOpen = (role: Role, page: Page): boolean => rank[role] >= rank[page.role];
