// Addresses of files in this page's memory: fetched with the visitor's token when asked for, or the visitor's own before they are sent.
export interface Media {
  /** @returns where the browser finds it, null when it is not here */
  url(key: string): string | null;
  keep(key: string, blob: Blob): void;
  /** @returns its address, null when it cannot be had now */
  load(attachmentId: string): Promise<string | null>;
  /** Lets go of everything. */
  clear(): void;
}

/** @param fetchFile the bytes behind an attachment; never rejects */
export function createMedia(fetchFile: (attachmentId: string) => Promise<Blob | null>): Media {
  const urls = new Map<string, string>();
  const loading = new Map<string, Promise<string | null>>();

  const keep = (key: string, blob: Blob): string => {
    const url = URL.createObjectURL(blob);
    urls.set(key, url);
    return url;
  };
  async function load(attachmentId: string): Promise<string | null> {
    const blob = await fetchFile(attachmentId);
    loading.delete(attachmentId);
    return blob === null ? null : keep(attachmentId, blob);
  }

  return {
    url: (key) => urls.get(key) ?? null,
    keep: (key, blob) => void keep(key, blob),
    async load(attachmentId) {
      const known = urls.get(attachmentId);
      if (known !== undefined) return known;
      const begun = loading.get(attachmentId) ?? load(attachmentId);
      loading.set(attachmentId, begun);
      return begun;
    },
    clear() {
      for (const url of urls.values()) URL.revokeObjectURL(url);
      urls.clear();
    },
  };
}
