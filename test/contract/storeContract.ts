// What every store must do. One suite, every implementation: call describeStore with a way to open an empty one.
import type { Store } from '../../src/desk/storePort.ts';
import { describeDelivery } from './storeDelivery.ts';
import { describeHistory } from './storeHistory.ts';
import { describeIdentities } from './storeIdentities.ts';
import { describeKnowledge } from './storeKnowledge.ts';
import { describeLists } from './storeLists.ts';
import { describeLogins } from './storeLogins.ts';
import { describeNews } from './storeNews.ts';
import { describePeople } from './storePeople.ts';
import { describePermits } from './storePermits.ts';
import { describeRetention } from './storeRetention.ts';
import { describeSearch } from './storeSearch.ts';
import { describeWatches } from './storeWatches.ts';
import { describeWrites } from './storeWrites.ts';

export interface OpenedStore {
  store: Store;
  close: () => Promise<void>;
}

/** @param open an empty store; called before each test */
export function describeStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the store on ${name}`, () => {
    let opened: OpenedStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const store = () => opened.store;

    describeWrites(store);
    describeHistory(store);
    describeDelivery(store);
    describeLists(store);
    describePeople(store);
    describeIdentities(store);
    describeLogins(store);
    describeSearch(store);
    describePermits(store);
    describeRetention(store);
    describeWatches(store);
    describeNews(store);
    describeKnowledge(store);
  });
}
