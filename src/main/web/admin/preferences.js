/** What this person likes on this device: language, theme, keys. Only looks, so losing them does no harm. */
const NAME = 'afterword-admin';

export class Preferences {
  constructor(storage = globalThis.localStorage) {
    this.storage = storage;
    this.values = read(storage);
  }

  get(name) {
    return this.values[name] ?? null;
  }

  set(name, value) {
    this.values = { ...this.values, [name]: value };
    try {
      this.storage.setItem(NAME, JSON.stringify(this.values));
    } catch {
      // Storage is full or forbidden: then it holds for this visit.
    }
  }
}

function read(storage) {
  try {
    const values = JSON.parse(storage.getItem(NAME));
    return values && typeof values === 'object' ? values : {};
  } catch {
    return {};
  }
}
