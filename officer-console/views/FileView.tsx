// One file of a message: a picture is shown small, sound plays in place, everything else is a link.
import { useState } from 'preact/hooks';
import type { Attachment, MessageKind } from '../../src/contract/message.ts';
import { t } from '../logic/language.ts';
import { kindNames } from '../logic/words.ts';

/** Types the server lets a browser show in place. */
const picture = /^image\/(jpeg|png|gif|webp)$/;

export function FileView({ file, kind, conversationId }: { file: Attachment; kind: MessageKind; conversationId: string }) {
  const [isBroken, setBroken] = useState(false);
  const name = file.name === '' ? kindNames[kind] : file.name;
  const size = file.size === 0 ? '' : ` (${Math.max(1, Math.round(file.size / 1024)).toLocaleString('id-ID')} kB)`;
  if (file.state === 'refused')
    return (
      <li>
        {name}:{' '}
        {t('ditolak karena terlalu besar atau jenisnya tidak diizinkan.', 'refused: too large, or a type that is not allowed.')}
      </li>
    );
  if (file.state === 'lost')
    return (
      <li>
        {name}: {t('berkas tidak tersedia lagi.', 'the file is gone.')}
      </li>
    );
  const address = `/api/conversations/${encodeURIComponent(conversationId)}/files/${encodeURIComponent(file.id)}`;
  if (!isBroken && (kind === 'voice' || kind === 'audio'))
    return (
      <li class="file-sound">
        {/* biome-ignore lint/a11y/useMediaCaption: a citizen's voice note has no captions */}
        <audio controls preload="none" src={address} aria-label={name} onError={() => setBroken(true)} />
      </li>
    );
  const isPicture = !isBroken && kind === 'image' && (file.state === 'remote' || picture.test(file.mime));
  return (
    <li>
      <a href={address} target="_blank" rel="noopener noreferrer" class={isPicture ? 'file-picture' : undefined}>
        {isPicture ? <img src={address} alt={name} loading="lazy" onError={() => setBroken(true)} /> : `${name}${size}`}
      </a>
    </li>
  );
}
