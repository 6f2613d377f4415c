// What stands beside an open conversation, from top to bottom: one line a panel. Each gets the conversation's row and draws its own section.
import type { ComponentType } from 'preact';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import { Facts } from './panels/Facts.tsx';
import { Guesses } from './panels/Guesses.tsx';
import { Tags } from './panels/Tags.tsx';
import { PermitPanel } from './permits/PermitPanel.tsx';

export interface Panel {
  id: string;
  title: string;
  /** Whether it stands open at first. */
  open: boolean;
  component: ComponentType<{ row: ConversationRow }>;
}

export const panels: readonly Panel[] = [
  { id: 'guesses', title: t('Tebakan bot', "The bot's guesses"), open: true, component: Guesses },
  { id: 'permits', title: t('Status izin', 'Permit status'), open: true, component: PermitPanel },
  { id: 'facts', title: t('Rincian', 'Details'), open: true, component: Facts },
  { id: 'tags', title: t('Label', 'Tags'), open: true, component: Tags },
];
