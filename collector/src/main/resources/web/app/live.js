// The state of the plant as the server streams it, and how old it is.

const STALE_MS = 5000;

/** Holds the newest state and tells listeners which sections changed. */
export class Live {
  constructor() {
    this.state = { assets: new Map() };
    this.listeners = [];
    this.connection = 'connecting';
    this.lastDataAt = null;
    this.serverAhead = 0;
  }

  /** Calls `listener(state, changed)` after each event; `changed` is a Set of section names. */
  onChange(listener) {
    this.listeners.push(listener);
  }

  start() {
    this.source?.close();
    const source = new EventSource('/api/v1/live');
    this.source = source;
    source.addEventListener('snapshot', (event) => {
      this.state.assets = new Map();
      this.take(JSON.parse(event.data));
    });
    source.addEventListener('update', (event) => this.take(JSON.parse(event.data)));
    source.addEventListener('error', () => {
      this.connection = 'lost';
      if (source.readyState === EventSource.CLOSED) {
        // The browser gives up on an error answer, such as 503 while starting: ask again.
        setTimeout(() => this.start(), 3000);
        this.onRefused?.();
      }
    });
  }

  take(data) {
    const { assets, ...sections } = data;
    const changed = new Set(Object.keys(sections));
    Object.assign(this.state, sections);
    for (const asset of assets) {
      this.state.assets.set(asset.path, asset);
      changed.add('assets');
    }
    this.connection = 'live';
    this.lastDataAt = performance.now();
    this.serverAhead = Date.parse(this.state.time) - Date.now();
    for (const listener of this.listeners) {
      listener(this.state, changed);
    }
  }

  /** The gateway's time now, in milliseconds; this machine's clock may be anything. */
  now() {
    return Date.now() + this.serverAhead;
  }

  /** Milliseconds since the last data, or null before the first. */
  age() {
    return this.lastDataAt === null ? null : performance.now() - this.lastDataAt;
  }

  stale() {
    const age = this.age();
    return age !== null && age > STALE_MS;
  }
}

/** Asks the API; throws with what the server said is wrong. */
export async function ask(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams(parameters).toString();
  const response = await fetch(query ? `${path}?${query}` : path, { signal });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(body.detail ?? `${response.status} ${response.statusText}`);
  }
  return body;
}

/** Changes something by the API: sends JSON, or a file as it is; throws with what is wrong. */
export async function send(method, path, content = undefined) {
  const isFile = content instanceof Blob;
  const response = await fetch(path, {
    method,
    headers: { 'Content-Type': isFile ? 'application/octet-stream' : 'application/json' },
    body: isFile || content === undefined ? content : JSON.stringify(content),
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(body.detail ?? `${response.status} ${response.statusText}`);
  }
  return body;
}
