// Small parts the administration's pages share: loading, a table, a line that says who vouched.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../answer.ts';
import { fullMoment } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import type { HoursDocument, Vouched } from '../../logic/office.ts';
import type { Outcome } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';

/** Saves one part of the hours; the others stay as they are. */
export type SavePart = (part: Partial<HoursDocument>) => Promise<Outcome>;

export interface Loaded<T> {
  data: T | null;
  trouble: string | null;
  /** Why the last step was refused. */
  refusal: string | null;
  reload(): Promise<void>;
  /** Waits for what a button asked of the server and reads again; a refusal is said by `Waiting`. */
  step(asked: Promise<Answer<unknown>>): Promise<void>;
}

/** Asks when the page opens and whenever `key` changes. */
export function useLoaded<T>(ask: () => Promise<Answer<T>>, key = ''): Loaded<T> {
  const [data, setData] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const reload = async () => {
    const answer = await ask();
    if (answer.ok) setData(answer);
    setTrouble(answer.ok ? null : answer.message);
  };
  const [refusal, setRefusal] = useState<string | null>(null);
  const step = async (asked: Promise<Answer<unknown>>) => {
    const answer = await asked;
    setRefusal(answer.ok ? null : answer.message);
    await reload();
  };
  useEffect(() => {
    setData(null);
    void reload();
  }, [key]);
  return { data, trouble, refusal, reload, step };
}

/** What stands in for a list that is not there (yet), and what a step at it ran into. */
export function Waiting({ of, empty }: { of: Loaded<unknown>; empty?: string | false }) {
  const said = of.refusal ?? of.trouble;
  if (said !== null)
    return (
      <p role="alert" class="is-bad">
        {said}
      </p>
    );
  if (of.data === null) return <p role="status">{t('Memuat…', 'Loading…')}</p>;
  return empty === undefined || empty === false ? null : <p class="admin-empty">{empty}</p>;
}

export function Table({ label, heads, children }: { label: string; heads: string[]; children: ComponentChildren }) {
  return (
    // A region that scrolls sideways must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling is the interaction
    <section class="table-place" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** @param vouched null when nobody did */
export function VouchedLine({ vouched }: { vouched: Vouched | null }) {
  const { people } = useWorkplace();
  if (vouched === null) return <p class="admin-vouched">{t('Belum dikonfirmasi.', 'Not confirmed.')}</p>;
  const name = people.nameOf(vouched.by) ?? t('petugas yang sudah tidak ada', 'somebody who has left');
  return (
    <p class="admin-vouched">
      {t('Dikonfirmasi oleh', 'Confirmed by')} {name}, {fullMoment(vouched.at)}
    </p>
  );
}

/** A page's tabs; the choice is not part of the address. */
export function Tabs<K extends string>({
  names,
  chosen,
  choose,
}: {
  names: Record<K, string>;
  chosen: K;
  choose: (key: K) => void;
}) {
  return (
    <div class="tabs">
      {(Object.keys(names) as K[]).map((key) => (
        <button key={key} type="button" class="tab" aria-pressed={key === chosen} onClick={() => choose(key)}>
          {names[key]}
        </button>
      ))}
    </div>
  );
}

/** Choosing teams: one box each. `name` of every box is `team`. */
export function TeamBoxes({ chosen }: { chosen: readonly string[] }) {
  const teams = useWorkplace().people.teams.value;
  if (teams.length === 0) return <p class="field-hint">{t('Belum ada tim.', 'No teams yet.')}</p>;
  return (
    <fieldset class="admin-boxes">
      <legend>{t('Tim', 'Teams')}</legend>
      {teams.map((team) => (
        <label key={team.id} class="check">
          <input type="checkbox" name="team" value={team.id} defaultChecked={chosen.includes(team.id)} /> {team.name}
        </label>
      ))}
    </fieldset>
  );
}
