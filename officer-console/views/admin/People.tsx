// Running the office's people: officers, open invitations, teams. For admins.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../logic/language.ts';
import { useWorkplace } from '../useWorkplace.ts';
import { Invitations } from './Invitations.tsx';
import { Officers } from './Officers.tsx';
import { Tabs } from './parts.tsx';
import { Teams } from './Teams.tsx';

const names = { officers: t('Petugas', 'Officers'), invitations: t('Undangan', 'Invitations'), teams: t('Tim', 'Teams') };

export function People() {
  const { people } = useWorkplace();
  const [tab, setTab] = useState<keyof typeof names>('officers');
  // Somebody may have accepted an invitation meanwhile.
  useEffect(() => void people.load(), [people, tab]);
  return (
    <section class="page is-wide">
      <h1>{t('Petugas dan tim', 'Officers and teams')}</h1>
      <Tabs names={names} chosen={tab} choose={setTab} />
      {tab === 'officers' && <Officers />}
      {tab === 'invitations' && <Invitations />}
      {tab === 'teams' && <Teams />}
    </section>
  );
}
