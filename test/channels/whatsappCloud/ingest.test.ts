// In which order the news of deliveries reach the desk, when each takes as long as the test lets it.
import type { News } from '../../../src/channels/whatsappCloud/cloudConvert.ts';
import { createIngest } from '../../../src/channels/whatsappCloud/cloudIngest.ts';
import type { Intake } from '../../../src/desk/ports.ts';

function setUp() {
  const begun: string[] = [];
  const open = new Map<string, { done: () => void; fail: (error: Error) => void }>();
  const hold = (what: string) => {
    begun.push(what);
    return new Promise<void>((done, fail) => open.set(what, { done, fail }));
  };
  const intake = {
    message: ({ text }: { text: string }) => hold(text),
    moved: () => hold('moved'),
  } as unknown as Intake;
  const log = { info() {}, warn() {}, error() {} };
  const ingest = createIngest({ intake, log, onTrouble: () => undefined });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = (what: string) => {
    open.get(what)?.done();
    return settle();
  };
  return { ingest, begun, open, end, settle };
}
const says = (externalId: string, text: string) => ({ kind: 'message', inbound: { from: { externalId }, text } }) as News;
const moved = { kind: 'moved', change: {} } as News;

describe('a change of number among messages', () => {
  it('When messages are in hand, then it waits for all of them, and what comes after it waits for it', async () => {
    const { ingest, begun, end, settle } = setUp();
    const taken = ingest.take([says('old', 'a'), says('other', 'b'), moved, says('new', 'c')]);
    await settle();
    expect(begun).toEqual(['a', 'b']);
    await end('a');
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'moved']);
    await end('moved');
    expect(begun).toEqual(['a', 'b', 'moved', 'c']);
    await end('c');
    await taken;
    const again = ingest.take([says('new', 'd')]);
    expect(begun.at(-1)).toBe('d');
    await end('d');
    await again;
  });

  it('When a message under the new number is in hand already, then the one after the change waits for the change as well', async () => {
    const { ingest, begun, end, settle } = setUp();
    const taken = ingest.take([says('new', 'a'), moved, says('new', 'b')]);
    await settle();
    await end('a');
    expect(begun).toEqual(['a', 'moved']);
    await end('moved');
    expect(begun).toEqual(['a', 'moved', 'b']);
    await end('b');
    await taken;
  });

  it('When a message before it is not stored, then it is written down, and later ones of that person are refused', async () => {
    const { ingest, begun, open, end, settle } = setUp();
    const taken = ingest.take([says('old', 'a'), moved, says('old', 'b'), says('new', 'c')]);
    const refused = expect(taken).rejects.toThrow('away');
    open.get('a')?.fail(new Error('away'));
    await settle();
    await end('moved');
    await end('c');
    await refused;
    expect(begun).toEqual(['a', 'moved', 'c']);
  });
});
