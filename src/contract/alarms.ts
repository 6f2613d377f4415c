// What needs a person who runs the desk, as consoles and numbers know it.

export const alarmKinds = [
  'channel',
  'connector',
  'disk',
  'dead-letters',
  'overdue-answers',
  'knowledge',
  'waiting',
  'permit-guessing',
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** Holds from `since` until it is gone from the list. */
export interface Alarm {
  /** The same for as long as it holds: `channel:telegram:bot1`, `disk`. */
  id: string;
  kind: AlarmKind;
  /** `channel`: seconds it has not been ready · `connector`: seconds since its last good answer · `disk`: percent left · `dead-letters`, `overdue-answers`, `knowledge`: how many · `waiting`: seconds · `permit-guessing`: tries judged in this hour. */
  value: number;
  /** What it is about, where the kind alone does not say: the channel's name, titles of answers. */
  subject: string | null;
  /** The channel's own sentence about it, or the first problem of the knowledge. */
  detail: string | null;
  /** Since when this desk has known; epoch ms. */
  since: number;
}
