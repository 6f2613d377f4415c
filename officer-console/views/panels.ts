// What stands beside an open conversation, from top to bottom: one line a panel. Each gets the conversation's row and draws its own section.
import type { ComponentType } from 'preact';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import { Facts } from './panels/Facts.tsx';

export interface Panel {
  id: string;
  title: string;
  /** Whether it stands open at first. */
  open: boolean;
  component: ComponentType<{ row: ConversationRow }>;
}

export const panels: readonly Panel[] = [{ id: 'facts', title: t('Rincian', 'Details'), open: true, component: Facts }];
