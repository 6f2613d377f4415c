// Makes a photo small before it is sent: at most 1,600 px, drawn anew so that place, time and camera (EXIF) stay on the phone.
const longestPx = 1_600;
/** Legible stamps and small print at about 300 kB; a higher quality doubles the size for no letter more. */
const quality = 0.82;

/** @returns the size a picture is drawn at: its longer side at most 1,600 px, never enlarged, never below 1 px */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, longestPx / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * @param file any picture this browser can show
 * @returns a JPEG without metadata, or null when it cannot be read as a picture: then it must not be sent as it is
 */
export async function shrinkPhoto(file: Blob): Promise<Blob | null> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = fitted(image.naturalWidth, image.naturalHeight);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext('2d');
    if (pen === null) return null;
    pen.fillStyle = '#fff'; // JPEG has no transparency
    pen.fillRect(0, 0, width, height);
    pen.drawImage(image, 0, 0, width, height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @returns the name a shrunk photo goes by */
export const photoName = (name: string): string => `${name.replace(/\.[^.]*$/, '').slice(0, 180) || 'foto'}.jpg`;
