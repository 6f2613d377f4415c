// Stand-in for WhatsApp Web, part 2: the modules whatsapp-web.js 1.34.7 asks for in helpdesk use, as far as it uses them.
{
  const { Collection, Emitter, Model, Msg, MsgKey, wid } = wa;
  const me = wid(`${wa.boot.number}@c.us`);
  const myLid = wid('900000000000001@lid');
  const messages = new Collection();
  const chats = new Collection();
  const contacts = new Collection();
  const blobs = new Map();
  const phoneOf = new Map(Object.entries(wa.boot.phones));
  /** What goes wrong now; set by the phone. */
  const faults = { ...wa.boot.faults };

  const socket = Object.assign(new Emitter(), { state: 'UNPAIRED', hasSynced: false });
  socket.setState = (state) => {
    socket.state = state;
    socket.trigger('change:state', socket, state);
  };
  socket.logout = async () => wa.logOut();
  const conn = Object.assign(new Emitter(), { ref: `2@${wa.randomHex(8)}`, platform: 'android' });
  conn.serialize = () => ({ ref: conn.ref, platform: conn.platform, pushname: 'DPMPTSP' });
  const cmd = new Emitter();
  const turnQr = () => {
    conn.ref = `2@${wa.randomHex(8)}`;
    conn.trigger('change:ref', conn, conn.ref);
  };
  cmd.refreshQR = turnQr;

  function chatOf(id, name) {
    const known = chats.get(id);
    if (known) return known;
    contacts.add(new Model({ id, name, pushname: name, type: 'in' }));
    const chat = new Model({ id, formattedTitle: name ?? id.user, name, t: 0, unreadCount: 0, archive: false, pin: 0 });
    chat.msgs = new Collection();
    chat.mute = { expiration: 0 };
    return chats.add(chat);
  }

  /** Our own message: into the page at once, to the server a moment later. */
  function addAndSendMsgToChat(chat, attributes) {
    if (faults.noLid) throw new Error('No LID for user');
    const message = new Msg(attributes);
    const added = (async () => {
      if (faults.sendReject) throw new Error('the page refused');
      if (faults.sendHang) await new Promise(() => undefined);
      chat.msgs.add(message);
      messages.add(message);
      chat.t = message.t;
      await wa.tell('sent', {
        chat: chat.id._serialized,
        id: message.id.id,
        text: message.caption ?? message.body,
        type: message.type,
      });
      if (faults.echoHang) await new Promise(() => undefined);
      return message;
    })();
    const sent = added.then(async () => {
      await new Promise((done) => setTimeout(done, 20));
      if (faults.ackError) message.set({ ack: -1 });
      else {
        message.set({ ack: 1 });
        setTimeout(() => message.set({ ack: 2 }), 20);
      }
      return { messageSendResult: 'OK' };
    });
    sent.catch(() => undefined);
    return [added, sent];
  }

  class OpaqueData {
    static createFromData = async (blob) => Object.assign(new OpaqueData(), { blob });
    url = () => URL.createObjectURL(this.blob);
    autorelease = () => undefined;
    formData = () => this.blob;
  }
  async function prepare({ blob }, { asDocument }) {
    const bytes = await blob.arrayBuffer();
    const filehash = await wa.hash(bytes);
    blobs.set(filehash, bytes);
    const type = asDocument || !blob.type.startsWith('image/') ? 'document' : 'image';
    const data = { type, mimetype: blob.type, filehash, size: bytes.byteLength, filename: blob.name };
    const hidden = {
      mediaBlob: await OpaqueData.createFromData(blob),
      set: (more) => Object.assign(data, more),
      toJSON: () => ({ ...data }),
    };
    for (const [name, value] of Object.entries(hidden)) Object.defineProperty(data, name, { value, writable: true });
    return data;
  }
  async function sendSeen({ chat }) {
    if (faults.seenHang) await new Promise(() => undefined);
    chat.unreadCount = 0;
    wa.tell('seen', { chat: chat.id._serialized });
  }
  async function download({ filehash }) {
    const bytes = blobs.get(filehash);
    if (bytes && !faults.mediaGone) return bytes;
    throw Object.assign(new Error('404'), { status: 404 });
  }

  const modules = {
    WAWebSocketModel: { Socket: socket },
    WAWebConnModel: { Conn: conn },
    WAWebCmd: { Cmd: cmd },
    WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
    WAWebAltDeviceLinkingApi: {
      setPairingType: () => undefined,
      initializeAltDeviceLinking: async () => undefined,
      initializeQRLinking: async () => undefined,
      startAltLinkingFlow: async (phone) => {
        await wa.tell('pairing', { phone });
        return 'ABCD1234';
      },
    },
    WABase64: { encodeB64: (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))) },
    WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
    WAWebAdvSignatureApi: {},
    WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: new Uint8Array(32) } }) } },
    WAWebSignalStoreApi: {
      waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: new Uint8Array(32) } }) },
    },
    WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'c2VjcmV0' },
    WAWebUserPrefsMeUser: { getMaybeMePnUser: () => me, getMaybeMeLidUser: () => myLid },
    WAWebCollections: {
      ...{ Msg: messages, Chat: chats, Contact: contacts, Blocklist: new Collection(), BusinessProfile: new Collection() },
      WAWebNewsletterCollection: new Collection(),
    },
    WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => false },
    WAWebNonMessageDataRequestPlaceholderMessageResendUtils: { handlePlaceholderMsgsSeen: () => undefined },
    WAWebCallCollection: Object.assign(new Emitter(), { calls: new Map() }),
    WAWebAddonReactionTableMode: { reactionTableMode: { bulkUpsert: () => undefined } },
    WAWebAddonPollVoteTableMode: { pollVoteTableMode: { bulkUpsert: () => undefined } },
    WALinkify: { findLinks: () => [], findLink: () => null },
    WAWebChatGetters: { getIsNewsletter: () => false, getIsBroadcast: () => false },
    WAWebWidFactory: { createWid: wid, createWidFromWidLike: wid, asUserWidOrThrow: wid },
    WAWebMsgKey: MsgKey,
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
    WAWebSendMsgChatAction: { addAndSendMsgToChat },
    WAWebFindChatAction: { findOrCreateLatestChat: async (id) => ({ chat: chatOf(id) }) },
    WAWebStreamModel: { Stream: { markAvailable: () => undefined, markUnavailable: () => undefined } },
    WAWebUpdateUnreadChatAction: { sendSeen },
    WAWebChatStateBridge: { sendChatStateComposing: async (id) => wa.tell('typing', { chat: id._serialized }) },
    WAWebChatLoadMessages: { loadEarlierMsgs: async () => [] },
    WAWebQueryExistsJob: { queryWidExists: async (id) => (faults.lookupHang ? new Promise(() => undefined) : { wid: id }) },
    WAWebApiContact: {
      getCurrentLid: () => undefined,
      getPhoneNumber: (id) => phoneOf.has(id._serialized) && wid(phoneOf.get(id._serialized)),
    },
    WAWebLidMigrationUtils: { toPn: () => undefined },
    WAWebMediaOpaqueData: OpaqueData,
    WAWebPrepRawMedia: { prepRawMedia: (data, how) => ({ waitForPrep: () => prepare(data, how) }) },
    WAWebMediaStorage: {
      getOrCreateMediaObject: (filehash) => ({
        filehash,
        contentInfo: {},
        type: 'image',
        size: blobs.get(filehash)?.byteLength,
        consolidate: () => undefined,
      }),
    },
    WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
    WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
    WAWebMediaInMemoryBlobCache: { InMemoryMediaBlobCache: { put: () => undefined } },
    WAWebMediaMmsV4Upload: {
      uploadMedia: async ({ mediaObject }) => ({ mediaEntry: { directPath: `/v/${mediaObject.filehash}`, mediaKey: 'a2V5' } }),
    },
    WAWebDownloadManager: { downloadManager: { downloadAndMaybeDecrypt: download } },
  };
  // What is not here throws, as in the page itself; the library can do without the rest.
  window.require = (name) => {
    if (!(name in modules)) throw new Error(`Requiring unknown module "${name}"`);
    return modules[name];
  };
  Object.assign(wa, {
    me,
    socket,
    conn,
    cmd,
    messages,
    chats,
    chatOf,
    blobs,
    phoneOf,
    faults,
    turnQr,
    calls: modules.WAWebCallCollection.calls,
  });
}
