// What nodes tell each other over Socket.IO's adapter: heard once, not by the teller, also after the database was away.
import type { Hint } from '../../src/desk/nodes.ts';
import { openMongo } from '../../src/store/mongo/openMongo.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { testKeys } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

const log = { info() {}, warn() {}, error() {} };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const hint = (afterRev: number): Hint => ({ kind: 'changed', conversationId: 'c', afterRev });
type Node = Awaited<ReturnType<typeof openMongo>>;

describeMongo('hints', () => {
  let server: MongoServer;
  let nodes: Node[] = [];
  /** Who heard what of whom. */
  const heard: { by: string; of: string; hint: Hint }[] = [];
  beforeAll(async () => {
    server = await startMongoServer([], false);
    const uri = server.uri();
    nodes = await Promise.all(['a', 'b'].map((nodeId) => openMongo({ uri, keys: testKeys, nodeId, log })));
    for (const [i, node] of nodes.entries())
      node.nodes.hints.listen((one, of) => heard.push({ by: i === 0 ? 'a' : 'b', of, hint: one }));
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await server.stop();
  });
  const tell = (one: Hint) => nodes[0]!.nodes.hints.tell(one);

  /** Listening begins when the stream is open: told until it is heard. */
  async function reach(): Promise<void> {
    heard.length = 0;
    const isHeard = async () => {
      tell({ kind: 'cut', officerId: 'nobody' });
      await pause(100);
      return heard.length > 0;
    };
    await until('one of them is heard', isHeard, 40_000);
    await pause(500);
    heard.length = 0;
  }

  it('When one node tells something, then the other hears it once and from whom, and it does not hear itself', async () => {
    await reach();
    for (let rev = 1; rev <= 20; rev++) {
      tell(hint(rev));
      await pause(5);
    }
    await until('the last is heard', () => heard.length >= 20);
    await pause(300);
    const told = Array.from({ length: 20 }, (_, i) => ({ by: 'b', of: 'a', hint: hint(i + 1) }));
    expect(heard).toHaveLength(told.length);
    expect(heard).toEqual(expect.arrayContaining(told)); // they go side by side: in no order
  });

  it('When the database was away, and away again, then telling throws nothing, and afterwards they hear each other again, once', async () => {
    for (const rev of [2, 3]) {
      await server.kill();
      expect(() => tell(hint(1))).not.toThrow();
      await pause(1500);
      await server.start();
      await reach();
      await pause(1500); // a second stream would be open by now
      heard.length = 0;
      tell(hint(rev));
      await until('it is heard', () => heard.length > 0);
      await pause(300);
      expect(heard).toEqual([{ by: 'b', of: 'a', hint: hint(rev) }]);
    }
  });

  it('When a node has stopped, then it tells nothing more and hears nothing more', async () => {
    await nodes[1]!.close();
    heard.length = 0;
    expect(() => nodes[1]!.nodes.hints.tell(hint(3))).not.toThrow();
    tell(hint(4));
    await pause(500);
    expect(heard).toEqual([]);
  });
});
