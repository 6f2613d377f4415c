// The memory model passes the store contract.
import { describeStore } from '../contract/storeContract.ts';
import { createMemoryStore } from '../support/memoryStore.ts';

describeStore('the memory model', async () => {
  const store = createMemoryStore();
  return { store, close: () => store.close() };
});
