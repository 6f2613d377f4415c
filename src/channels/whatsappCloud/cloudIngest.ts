// Hands the news of a delivery to the desk: one person's messages in the order they came, different people side by side.
import type { DeskLog, Intake } from '../../desk/ports.ts';
import type { News } from './cloudConvert.ts';

export interface Ingest {
  /**
   * @returns once everything is durable; rejects when something is not, and then so does every later message of that person, because
   *   storing one of those first would turn the order around
   */
  take(news: News[]): Promise<void>;
  /** Resolves when nothing is in hand. */
  idle(): Promise<void>;
}

/** @param parts `onTrouble`: a code that concerns our account may be among the news */
export function createIngest(parts: { intake: Intake; log: DeskLog; onTrouble: (code: number) => void }): Ingest {
  const { intake, log, onTrouble } = parts;
  const lanes = new Map<string, Promise<void>>();
  /** A change of names is being written down: what comes after it waits, or the new name would be taken for a new person. */
  let moving: Promise<void> | undefined;

  async function hand(one: News): Promise<void> {
    if (one.kind === 'message') await intake.message(one.inbound);
    else if (one.kind === 'report') await intake.report(one.report);
    else if (one.kind === 'moved') await intake.moved(one.change);
    else if (one.kind === 'trouble') onTrouble(one.code);
    else log.warn({ channel: 'whatsapp', why: one.why }, 'part of a delivery passed over');
  }

  /** Statuses of one message stay in order among each other as well; a report and a message need not wait for each other. */
  function laneOf(one: News): string | null {
    if (one.kind === 'message') return `m:${one.inbound.from.externalId}`;
    return one.kind === 'report' ? `r:${one.report.externalId}` : null;
  }

  function inLane(lane: string, one: News): Promise<void> {
    const [before, move] = [lanes.get(lane), moving];
    const isFree = before === undefined && move === undefined;
    const work = isFree ? hand(one) : Promise.all([before, move]).then(() => hand(one));
    lanes.set(lane, work);
    const leave = () => {
      if (lanes.get(lane) === work) lanes.delete(lane);
    };
    work.then(leave, leave);
    return work;
  }

  /** Old and new name may stand in different lanes: it comes after all that is in hand. Rare, so nobody minds the wait. */
  function move(one: News): Promise<void> {
    const before = Promise.allSettled([...lanes.values(), moving]);
    const work = before.then(() => hand(one));
    moving = work;
    const leave = () => {
      if (moving === work) moving = undefined;
    };
    work.then(leave, leave);
    return work;
  }

  return {
    async take(news) {
      const works = news.map((one) => {
        if (one.kind === 'moved') return move(one);
        const lane = laneOf(one);
        return lane === null ? hand(one) : inLane(lane, one);
      });
      // Every one is waited for: an answer must not leave while something is still being written.
      const outcomes = await Promise.allSettled(works);
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    async idle() {
      await Promise.allSettled([...lanes.values(), moving]);
    },
  };
}
