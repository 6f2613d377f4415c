// What officers read as the topic of a conversation that was handed over.
import { createKit } from '../support/deskKit.ts';

describe('the topic after a hand-over', () => {
  it('When somebody asks and then wants a person, then the topic is still the question', async () => {
    const kit = await createKit();
    await kit.says('apa itu nib');
    await kit.says('tolong sambungkan saya dengan orang');
    const id = await kit.conversationId();
    expect((await kit.store.conversations.get(id))?.conversation).toMatchObject({ state: 'queued', topic: 'nib.apa' });
  });

  it('When nothing was asked before, then there is no topic', async () => {
    const kit = await createKit();
    await kit.says('tolong sambungkan saya dengan orang');
    const id = await kit.conversationId();
    expect((await kit.store.conversations.get(id))?.conversation).toMatchObject({ state: 'queued', topic: null });
  });
});
