// Stand-in for WhatsApp Web, part 3: the life of the page. It logs in, syncs, and does what the "phone" of the test says over HTTP.
{
  const { MsgKey, Msg, socket, conn, cmd, wid } = wa;

  /** Puts a message into the page. `isNew`: it comes in now; else it was there when the page opened. */
  async function put(message, isNew) {
    const { chat: chatId, fromMe, id, name, type = 'chat', body = '', media, author, ...more } = message;
    const remote = wid(chatId);
    const chat = wa.chatOf(remote, name);
    const [from, to] = fromMe ? [wa.me, remote] : [remote, wa.me];
    const key = new MsgKey({ from, to, id, selfDir: fromMe ? 'out' : 'in', participant: author && wid(author) });
    const file = media && {
      ...{ directPath: '/v/in', mimetype: media.mime, filename: media.name, caption: body, body: '', mediaKey: 'a2V5' },
      ...(await store(media)),
    };
    const attributes = { id: key, type, body, from, to, ack: 1, self: fromMe ? 'out' : 'in', isNewMsg: isNew, notifyName: name };
    const model = new Msg({ ...attributes, ...more, ...file });
    if (file) model.mediaData = { mediaStage: 'RESOLVED' };
    chat.msgs.add(model);
    wa.messages.add(model);
    chat.t = Math.max(chat.t, model.t);
    if (!fromMe && message.isUnread) chat.set({ unreadCount: chat.unreadCount + 1 });
  }
  async function store({ base64 }) {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer;
    const filehash = await wa.hash(bytes);
    wa.blobs.set(filehash, bytes);
    return { filehash, encFilehash: filehash, size: bytes.byteLength };
  }

  /** The login lies in the profile as WhatsApp's own does, on disk at once: a killed browser must not lose it. */
  function database(mode, work) {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open('wa', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('login');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const change = opening.result.transaction('login', mode, { durability: 'strict' });
        const asked = work(change.objectStore('login'));
        change.oncomplete = () => resolve(asked.result);
      };
    });
  }

  async function sync() {
    await database('readwrite', (store) => store.put(wa.boot.login, 'login'));
    socket.setState('CONNECTED');
    socket.hasSynced = true;
    socket.trigger('change:hasSynced', socket, true);
  }
  wa.logOut = async () => {
    await database('readwrite', (store) => store.delete('login'));
    await wa.tell('loggedOut', {});
    cmd.trigger('logout');
    location.href = 'https://web.whatsapp.com/?post_logout=1';
  };

  const byId = (chat, id) => wa.messages.get(`false_${chat}_${id}`) ?? wa.messages.get(`true_${chat}_${id}`);
  const controls = {
    scan: sync,
    message: (message) => put(message, true),
    burst: async (messages) => {
      for (const message of messages) await put(message, true);
    },
    ack: ({ chat, id, ack }) => byId(chat, id).set({ ack }),
    edit: ({ chat, id, body }) => byId(chat, id).set({ body, latestEditSenderTimestampMs: Date.now() }),
    revoke: ({ chat, id }) => byId(chat, id).set({ type: 'revoked', body: undefined }),
    call: (call) => wa.calls.set(call.id, call),
    state: ({ state }) => socket.setState(state),
    fault: (faults) => Object.assign(wa.faults, faults),
    logOut: () => wa.logOut(),
    reload: () => location.reload(),
    away: () => {
      location.href = 'https://web.whatsapp.com/away';
    },
    // For ever busy: nothing in the page answers any more.
    freeze: () => {
      for (;;);
    },
  };

  async function listen() {
    for (;;) {
      const { op, args, n } = await (await fetch(`${wa.server}/next?page=${wa.boot.page}`)).json();
      if (op === undefined) continue;
      // Answered first: some of them end the page.
      await wa.tell('done', { n });
      await Promise.resolve(controls[op](args)).catch((error) => wa.tell('broken', { text: `${op}: ${error.stack}` }));
    }
  }

  async function open() {
    for (const message of wa.boot.history) await put(message, false);
    if (wa.boot.isBroken) return;
    const isLoggedIn = wa.boot.isLinked || (await database('readonly', (store) => store.get('login'))) === wa.boot.login;
    if (isLoggedIn && wa.boot.isPresynced) Object.assign(socket, { state: 'CONNECTED', hasSynced: true });
    else if (isLoggedIn) {
      socket.state = 'OPENING';
      setTimeout(() => socket.setState('CONNECTED'), 30);
      // When the library listens, however long it takes; `isPresynced` is for when it does not yet.
      void socket.heard('change:hasSynced').then(sync);
    } else if (wa.boot.qrMs > 0) setInterval(wa.turnQr, wa.boot.qrMs);
    window.Debug = { VERSION: '2.3000.1099999999' };
    await wa.tell('open', { isLoggedIn, ref: conn.ref });
    await listen();
  }
  void open();
}
