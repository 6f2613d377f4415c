// The launcher's few words. The Sundanese ones are to be checked by a native speaker.
export const loaderText = {
  id: {
    open: 'Buka obrolan DPMPTSP',
    close: 'Tutup obrolan DPMPTSP',
    panel: 'Obrolan Loket DPMPTSP',
    unread: 'pesan belum dibaca',
  },
  su: {
    open: 'Buka obrolan DPMPTSP',
    close: 'Tutup obrolan DPMPTSP',
    panel: 'Obrolan Loket DPMPTSP',
    unread: 'pesen teu acan diaos',
  },
  en: {
    open: 'Open the permit desk chat',
    close: 'Close the permit desk chat',
    panel: 'Permit desk chat',
    unread: 'unread messages',
  },
};
