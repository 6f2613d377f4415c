// SQLite passes the store contract, on a real file.
import { describeStore } from '../contract/storeContract.ts';
import { openTempStore } from '../support/tempStore.ts';

describeStore('SQLite', async () => openTempStore());
