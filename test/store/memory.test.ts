// The memory model passes the store contract.
import { describeSharedKnowledge } from '../contract/sharedKnowledge.ts';
import { describeStore } from '../contract/storeContract.ts';
import { createMemoryShared } from '../support/memoryShared.ts';
import { createMemoryStore } from '../support/memoryStore.ts';

describeStore('the memory model', async () => {
  const store = createMemoryStore();
  return { store, close: () => store.close() };
});

describeSharedKnowledge('the memory model', async () => createMemoryShared());
