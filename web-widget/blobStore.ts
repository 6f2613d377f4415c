// Where photos and voice notes wait until they are sent: IndexedDB, so that a reload loses none; memory where it is forbidden.
export interface BlobStore {
  put(id: string, blob: Blob): Promise<void>;
  get(id: string): Promise<Blob | null>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
}

const table = 'files';

/**
 * Never rejects: what cannot be written stays in memory until the page is left.
 * @param open returns the browser's factory; may throw (third-party storage blocked)
 */
export function createBlobStore(open: () => IDBFactory): BlobStore {
  const memory = new Map<string, Blob>();
  let opened: Promise<IDBDatabase | null> | null = null;

  const database = (): Promise<IDBDatabase | null> => {
    opened ??= new Promise<IDBDatabase | null>((resolve) => {
      const request = open().open('loket', 1);
      request.onupgradeneeded = () => request.result.createObjectStore(table);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    }).catch(() => null);
    return opened;
  };

  /** @returns the request's result once its transaction is durable, or null when anything failed */
  async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<{ value: T } | null> {
    const db = await database();
    if (db === null) return null;
    return new Promise<{ value: T } | null>((resolve) => {
      const transaction = db.transaction(table, mode);
      const request = act(transaction.objectStore(table));
      transaction.oncomplete = () => resolve({ value: request.result });
      transaction.onerror = () => resolve(null);
      transaction.onabort = () => resolve(null);
    }).catch(() => null);
  }

  return {
    async put(id, blob) {
      memory.set(id, blob);
      if ((await run('readwrite', (store) => store.put(blob, id))) !== null) memory.delete(id);
    },
    async get(id) {
      return memory.get(id) ?? (await run<Blob | undefined>('readonly', (store) => store.get(id)))?.value ?? null;
    },
    async remove(id) {
      memory.delete(id);
      await run('readwrite', (store) => store.delete(id));
    },
    async clear() {
      memory.clear();
      await run('readwrite', (store) => store.clear());
    },
  };
}
