// One file to the server, telling how much has gone out: `fetch` cannot.

/** How long a file may take. Milliseconds. */
const UPLOAD_MS = 240_000;

export type Upload = typeof upload;

/**
 * @param progress told the share that has left this browser, 0..1
 * @returns the answer
 * @throws when there was none: the file may or may not have arrived
 */
export function upload(
  path: string,
  file: Blob,
  headers: Record<string, string>,
  progress: (share: number) => void,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.timeout = UPLOAD_MS;
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    const lost = () => reject(new Error('no answer'));
    request.onerror = lost;
    request.ontimeout = lost;
    request.onabort = lost;
    progress(0);
    request.send(file);
  });
}
