// A file in the log: a photo that loads when it is tapped, a voice note that plays, anything else to save.
import { useState } from 'preact/hooks';
import type { Attachment as File } from '../src/contract/message.ts';
import { FileIcon, ImageIcon } from './icons.tsx';
import type { Media } from './media.ts';
import { fill, type Strings } from './strings.ts';
import { VoicePlayer } from './voicePlayer.tsx';

export interface AttachmentProps {
  attachment: Pick<File, 'id' | 'name' | 'mime' | 'size' | 'state'>;
  /** The name the visitor's own file has in this page's memory. */
  ownKey: string | null;
  media: Media;
  text: Strings;
}

export function Attachment({ attachment, ownKey, media, text }: AttachmentProps) {
  const { id, name, mime, size, state } = attachment;
  const [trouble, setTrouble] = useState<'loading' | 'failed' | null>(null);
  const url = media.url(id) ?? (ownKey === null ? null : media.url(ownKey));
  if (state === 'refused' || state === 'lost') return <p class="file-note">{text.refusedFile}</p>;

  const load = async (): Promise<string | null> => {
    if (url !== null) return url;
    setTrouble('loading');
    const loaded = await media.load(id);
    setTrouble(loaded === null ? 'failed' : null);
    return loaded;
  };
  const note = trouble === 'failed' ? text.unavailable : trouble === 'loading' ? text.fetching : sizeOf(size);

  if (mime.startsWith('audio/')) return <VoicePlayer load={load} note={note} text={text} />;
  if (/^image\/(jpeg|png|gif|webp)$/.test(mime)) {
    if (url !== null)
      return (
        <a class="picture" href={url} target="_blank" rel="noopener" aria-label={fill(text.openPhoto, { name })}>
          <img src={url} alt={name} />
        </a>
      );
    return (
      <button type="button" class="picture empty" onClick={() => void load()}>
        <ImageIcon />
        <span class="hidden">{fill(text.showPhoto, { name })}</span>
        <small aria-live="off">{note}</small>
      </button>
    );
  }
  const save = async () => {
    const href = await load();
    if (href === null) return;
    const link = document.createElement('a');
    link.href = href;
    link.download = name;
    link.click();
  };
  return (
    <button type="button" class="download" onClick={() => void save()}>
      <FileIcon />
      <span>
        <span class="hidden">{text.download} </span>
        {name}
        <small aria-live="off">{note}</small>
      </span>
    </button>
  );
}

/** @returns a size as people read it */
export const sizeOf = (bytes: number): string =>
  bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1_000))} kB`;
