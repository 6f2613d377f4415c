// When the console makes itself heard.
import { createAlerts } from '../../officer-console/logic/alerts.ts';
import { makeRow } from './make.ts';

function setup() {
  let time = 0;
  const alerts = createAlerts({ officerId: 'o1', now: () => time });
  const pass = (ms: number) => {
    time += ms;
  };
  return { alerts, pass };
}
const queued = (id: string) => makeRow({ id, state: 'queued' });
const own = (id: string, lastInboundAt: number) => makeRow({ id, state: 'officer', officerId: 'o1', lastInboundAt });

describe('alerts', () => {
  it('When the page loads, then what is there already is no news; a new entry in the queue is, once', () => {
    const { alerts, pass } = setup();
    alerts.learn([queued('a')]);
    pass(20_000);
    expect(alerts.look([queued('a')], null, 'on')).toEqual({ alerts: [], sound: false });
    expect(alerts.look([queued('b')], null, 'on')).toMatchObject({ alerts: [{ kind: 'queue' }], sound: true });
    pass(20_000);
    expect(alerts.look([queued('b')], null, 'on').alerts).toEqual([]);
  });

  it('When many come at once or soon after, then there is one sound in ten seconds', () => {
    const { alerts, pass } = setup();
    expect(alerts.look([queued('a'), queued('b')], null, 'on')).toMatchObject({ sound: true });
    pass(9_999);
    expect(alerts.look([queued('c')], null, 'on')).toMatchObject({ alerts: [{ kind: 'queue' }], sound: false });
    pass(1);
    expect(alerts.look([queued('d')], null, 'on').sound).toBe(true);
  });

  it('When a citizen writes in an own chat, then it is heard unless that chat is in front', () => {
    const { alerts, pass } = setup();
    alerts.learn([own('a', 10)]);
    expect(alerts.look([own('a', 11)], 'a', 'on').alerts).toEqual([]);
    pass(60_000);
    expect(alerts.look([own('a', 12)], 'b', 'on')).toMatchObject({ alerts: [{ kind: 'own' }], sound: true });
    pass(60_000);
    // The officer's own answer changes the row, and is no news.
    expect(alerts.look([own('a', 12)], 'b', 'on').alerts).toEqual([]);
    expect(alerts.look([own('a', 13)], null, 'break').alerts).toHaveLength(1);
  });

  it('When the officer is not on duty, takes one over, or a colleague is written to, then nothing is heard', () => {
    const { alerts } = setup();
    expect(alerts.look([queued('a')], null, 'break').alerts).toEqual([]);
    expect(alerts.look([own('a', 5)], null, 'on').alerts).toEqual([]);
    expect(alerts.look([makeRow({ id: 'x', state: 'officer', officerId: 'o2', lastInboundAt: 9 })], null, 'on').alerts).toEqual(
      [],
    );
  });

  it('When one comes back to the queue, then it is news again', () => {
    const { alerts, pass } = setup();
    alerts.look([queued('a')], null, 'on');
    alerts.look([own('a', 5)], null, 'on');
    pass(20_000);
    expect(alerts.look([queued('a')], null, 'on')).toMatchObject({ alerts: [{ kind: 'queue' }], sound: true });
  });
});
