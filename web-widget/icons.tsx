// The panel's drawings; decoration only, the buttons around them carry the names.
const drawn = (path: string) => (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    <path d={path} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
  </svg>
);

export const CloseIcon = () => drawn('M6 6l12 12M18 6L6 18');
export const SendIcon = () => drawn('M4 4l17 8-17 8 3-8z M7 12h14');
export const AttachIcon = () =>
  drawn('M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8');
export const MicIcon = () => drawn('M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3z M5 11a7 7 0 0 0 14 0 M12 18v3');
export const TrashIcon = () => drawn('M4 7h16 M9 7V4h6v3 M6 7l1 13h10l1-13 M10 11v5 M14 11v5');
export const MenuIcon = () => drawn('M5 7h14 M5 12h14 M5 17h14');
export const ImageIcon = () => drawn('M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15 9v.01');
export const FileIcon = () => drawn('M6 3h8l4 4v14H6z M14 3v4h4');
export const PlayIcon = () => drawn('M7 4.5l12 7.5-12 7.5z');
export const PauseIcon = () => drawn('M8 5v14 M16 5v14');
