// Stand-in for WhatsApp Web, part 1: what its page keeps in memory. Models and collections that tell of changes, the way whatsapp-web.js
// 1.34.7 listens to them. Runs in the browser; the three parts are put into one page by whatsappWebPhone.ts.
const wa = {};
window.wa = wa;
{
  class Emitter {
    #listeners = new Map();
    on(names, listener) {
      for (const name of names.split(' ')) this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
      return this;
    }
    off(name, listener) {
      this.#listeners.set(
        name,
        (this.#listeners.get(name) ?? []).filter((one) => one !== listener),
      );
    }
    once(name, listener) {
      const wrapped = (...args) => {
        this.off(name, wrapped);
        listener(...args);
      };
      return this.on(name, wrapped);
    }
    /** Resolves once somebody listens. */
    async heard(name) {
      while (!this.#listeners.has(name)) await new Promise((done) => setTimeout(done, 10));
    }
    trigger(name, ...args) {
      for (const listener of this.#listeners.get(name) ?? []) listener(...args);
    }
  }

  class Wid {
    constructor(user, server) {
      Object.assign(this, { user, server, _serialized: `${user}@${server}` });
    }
    isLid = () => this.server === 'lid';
    isUser = () => this.server === 'c.us' || this.server === 'lid';
    isGroup = () => this.server === 'g.us';
    isStatus = () => this._serialized === 'status@broadcast';
    toString = () => this._serialized;
    toJSON = () => ({ user: this.user, server: this.server, _serialized: this._serialized });
  }
  const wid = (of) => {
    if (of instanceof Wid) return of;
    const [user, server] = (typeof of === 'string' ? of : of._serialized).split('@');
    return new Wid(user, server);
  };

  class MsgKey {
    static async newId() {
      return `3EB0${wa.randomHex(9)}`;
    }
    constructor({ from, to, id, participant, selfDir }) {
      this.fromMe = selfDir === 'out';
      this.remote = this.fromMe ? to : from;
      this.id = id;
      this.self = selfDir;
      if (participant) this.participant = participant;
      this._serialized = `${this.fromMe}_${this.remote}_${id}`;
    }
    toJSON = () => ({ fromMe: this.fromMe, remote: this.remote, id: this.id, self: this.self, _serialized: this._serialized });
  }

  class Collection extends Emitter {
    #models = new Map();
    get = (id) => this.#models.get(typeof id === 'string' ? id : id?._serialized);
    find = async (id) => this.get(id);
    getModelsArray = () => [...this.#models.values()];
    getMessagesById = async (ids) => ({ messages: ids.map(this.get).filter(Boolean) });
    add(model) {
      model.collections.push(this);
      this.#models.set(model.id._serialized, model);
      this.trigger('add', model);
      return model;
    }
  }

  class Model extends Emitter {
    #names;
    constructor(attributes) {
      super();
      Object.assign(this, attributes);
      this.#names = new Set(Object.keys(attributes));
      Object.defineProperty(this, 'collections', { value: [] });
    }
    set(changes) {
      for (const [name, value] of Object.entries(changes)) {
        const before = this[name];
        if (before === value) continue;
        this[name] = value;
        this.#names.add(name);
        for (const place of [this, ...this.collections]) place.trigger(`change:${name}`, this, value, before);
      }
      for (const place of this.collections) place.trigger('change', this);
    }
    serialize() {
      return JSON.parse(JSON.stringify(Object.fromEntries([...this.#names].map((name) => [name, this[name]]))));
    }
    unsafe = () => this;
  }
  class Msg extends Model {
    get mediaObject() {
      return this.directPath ? {} : undefined;
    }
    canReply = () => true;
    msgContextInfo = () => ({});
    downloadMedia = async () => undefined;
  }

  wa.randomHex = (bytes) =>
    [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
  Object.assign(wa, { Emitter, Collection, Model, Msg, MsgKey, Wid, wid });
}
