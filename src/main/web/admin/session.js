import { showPasskey } from './passkey-device.js';

/** Who is signed in, and in and out. */
export class Session {
  moderator = null;

  constructor(api) {
    this.api = api;
  }

  /** True if the browser still holds a session. */
  async resume() {
    try {
      this.begin(await this.api.once('GET', 'session'));
      return true;
    } catch (problem) {
      if (problem.status === 401) return false;
      throw problem;
    }
  }

  /** Throws the Problem if it was refused. */
  async signIn({ email, password, code }) {
    this.begin(await this.api.once('POST', 'session', code ? { email, password, code } : { email, password }));
  }

  /** What the identity provider is called that one may sign in by; null without one. */
  async provider() {
    const { provider } = await this.api.once('GET', 'sign-in');
    return provider?.name ?? null;
  }

  /** False where no passkey was shown; throws the Problem if it was refused. */
  async signInByPasskey() {
    const shown = await showPasskey(await this.api.once('POST', 'session/passkey/challenge'));
    if (shown) this.begin(await this.api.once('POST', 'session/passkey', shown));
    return shown !== null;
  }

  async signOut() {
    try {
      await this.api.once('DELETE', 'session');
    } catch (problem) {
      if (problem.status !== 401) throw problem;
    }
    this.end();
  }

  begin({ moderator, csrf }) {
    this.moderator = moderator;
    this.api.csrf = csrf;
  }

  end() {
    this.moderator = null;
    this.api.csrf = null;
  }

  /** [[key, name]] of the sites this person has a role on. */
  get sites() {
    return (this.moderator?.roles ?? [])
      .map(({ site, name }) => [site, name || site])
      .sort(([, one], [, other]) => one.localeCompare(other));
  }

  /** "owner", "moderator", "viewer", or undefined. */
  roleOn(site) {
    return this.moderator?.roles?.find((role) => role.site === site)?.role;
  }

  owns(site) {
    return this.roleOn(site) === 'owner';
  }

  /** The same, of those this person owns. */
  get owned() {
    const owned = new Set((this.moderator?.roles ?? []).filter(({ role }) => role === 'owner').map(({ site }) => site));
    return this.sites.filter(([site]) => owned.has(site));
  }

  siteName(key) {
    return this.sites.find(([site]) => site === key)?.[1] ?? key;
  }

  /** On every site that is looked at: the one named, or all. */
  mayDecideAll(site) {
    return site ? this.mayDecide(site) : this.sites.length > 0 && this.sites.every(([key]) => this.mayDecide(key));
  }

  mayDecide(site) {
    return (this.moderator?.roles ?? []).some((role) => role.site === site && role.role !== 'viewer');
  }
}
