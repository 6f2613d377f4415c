// Handler of an officer's upload: the body is the file, counted while it streams; what it may be and where it goes is the desk's.
import { officerFileHeaders } from '../contract/workplace.ts';
import { parse } from './errors.ts';
import type { HttpOptions } from './options.ts';
import type { Call } from './route.ts';
import { createUploads } from './uploads.ts';

export function createOfficerFiles({ desk, uploadMaxBytes }: Pick<HttpOptions, 'desk' | 'uploadMaxBytes'>) {
  const uploads = createUploads({ maxBytes: uploadMaxBytes });
  return {
    async upload({ by, id, req }: Call<'officer', unknown>) {
      const headers = parse(officerFileHeaders, req.headers);
      return desk.officer.sendFile(by, {
        conversationId: id,
        clientMessageId: headers['x-message-id'],
        name: headers['x-file-name'],
        seen: headers['x-seen'],
        bytes: await uploads.read(req),
      });
    },
  };
}
