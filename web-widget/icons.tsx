// The panel's two drawings; decoration only, the buttons around them carry the names.
export const CloseIcon = () => (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <path d="M6 6l12 12M18 6L6 18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
  </svg>
);

export const SendIcon = () => (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <path d="M4 4l17 8-17 8 3-8z M7 12h14" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />
  </svg>
);
