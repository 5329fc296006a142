import { element, icon } from './element.js';
import { LISTS, NOTICED, ORDERS, WIDE, ordersOf, usualOrder } from './filter.js';
import { LANGUAGES } from './i18n/messages.js';

const MENU = 'M4.5 7h15M4.5 12h15M4.5 17h15';
const STAR = 'M12 4l2.4 5.2 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.9l5.6-.7z';
const THEMES = { auto: 'menu.themeAuto', light: 'menu.themeLight', dark: 'menu.themeDark' };

/** Above the queue: how much is waiting, which comments are shown, and the menu. */
export class Header {
  /** desk: {messages, session, preferences, filter, go(filter), perform(action), change(preference, value), signOut()} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.count = element('span', { class: 'count', id: 'waiting' });
    this.fresh = element('button', { type: 'button', class: 'fresh', hidden: true, onclick: () => desk.perform('fresh') });
    this.tabs = LISTS.map((status) => this.#tab(status));
    this.site = select(this.say('filter.site'), [['', this.say('filter.allSites')], ...desk.session.sites], (site) => this.#go({ site }));
    this.site.element.hidden = desk.session.sites.length < 2;
    this.order = select(this.say('filter.order'), ORDERS.map((order) => [order, this.say(`order.${order}`)]), (order) => this.#go({ order }));
    this.search = element('input', { type: 'search', name: 'q', maxlength: 200, enterkeyhint: 'search', 'aria-label': this.say('filter.search'), placeholder: this.say('filter.search'), onkeydown: (event) => this.#typed(event) });
    this.element = element('header', { class: 'bar' },
      element('div', { class: 'bar-top' },
        element('h1', { class: 'wordmark' }, this.say('app.name')),
        this.count,
        this.fresh,
        element('button', { type: 'button', class: 'square help-button', 'aria-label': this.say('help.title'), onclick: () => desk.perform('help') }, '?'),
        this.#menu(),
      ),
      element('div', { class: 'bar-filter' },
        element('nav', { class: 'tabs', 'aria-label': this.say('filter.status') }, this.tabs.map(({ element: tab }) => tab)),
        element('div', { class: 'selects' }, this.search, this.#kept(), this.site.element, this.order.element),
      ),
    );
  }

  #kept() {
    const name = this.say('filters.title');
    return element('button', { type: 'button', class: 'square kept-button', 'aria-label': name, title: name, onclick: () => this.desk.keptFilters.open() }, icon(STAR));
  }

  #tab(status) {
    return { status, element: element('a', { class: 'tab', onclick: this.desk.follow(listOf(status)) }, this.say(`status.${status}`)) };
  }

  /** How many comments have a legal notice or an appeal that waits; without any there is nothing to go to. */
  noticed(n) {
    const { element: tab } = this.tabs.find(({ status }) => status === NOTICED);
    tab.textContent = this.say('notice.tab', { n });
    tab.hidden = n === 0 && this.desk.filter.status !== NOTICED;
    tab.classList.toggle('urgent', n > 0);
  }

  #typed(event) {
    if (event.key === 'Enter') this.#go({ q: this.search.value.trim() });
    else if (event.key === 'Escape') this.search.value = this.desk.filter.q;
    else return;
    event.preventDefault();
    this.search.blur();
  }

  #go(change) {
    this.desk.go({ ...this.desk.filter, ...change });
  }

  /** Says which filter is on. */
  show(filter) {
    for (const { status, element: tab } of this.tabs) {
      tab.href = this.desk.addressOf(listOf(status));
      if (status === filter.status) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
    const noticed = this.tabs.find(({ status }) => status === NOTICED).element;
    if (!noticed.classList.contains('urgent')) noticed.hidden = filter.status !== NOTICED;
    this.tabs.find(({ status }) => status === filter.status).element.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
    this.search.value = filter.q;
    this.site.choose(filter.site);
    const due = this.order.element.querySelector('[value=due]');
    due.hidden = due.disabled = !ordersOf(filter.status).includes('due');
    this.order.choose(filter.order);
  }

  counted(waiting, fresh) {
    this.count.textContent = this.say('queue.waiting', { n: waiting });
    this.fresh.hidden = fresh === 0;
    this.fresh.textContent = this.say('queue.fresh', { n: fresh });
    this.fresh.setAttribute('aria-label', this.say('queue.showFresh', { n: fresh }));
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${this.say('app.name')}`;
  }

  #menu() {
    const { desk, say } = this;
    const language = select(say('menu.language'), Object.entries(LANGUAGES), (value) => desk.change('language', value));
    language.choose(desk.messages.language);
    const theme = select(say('menu.theme'), Object.entries(THEMES).map(([value, key]) => [value, say(key)]), (value) => desk.change('theme', value));
    theme.choose(desk.preferences.get('theme') ?? 'auto');
    const sheet = element('div', { class: 'menu', popover: 'auto', id: 'menu', 'aria-label': say('menu.title') },
      element('p', { class: 'quiet' }, say('menu.signedInAs', { name: desk.session.moderator.name })),
      language.labelled,
      theme.labelled,
      this.#entry('help.title', () => desk.perform('help')),
      this.#entry('stats.title', () => desk.stats.open()),
      desk.session.sites.some(([site]) => desk.mayDecide(site)) && this.#entry('look.title', () => desk.secondLook.open()),
      desk.session.owned.length > 0 && this.#entry('record.title', () => desk.record.open()),
      this.#entry('site.title', () => desk.siteSheet.open()),
      this.#entry('account.title', () => desk.account.open()),
      element('button', { type: 'button', class: 'button wide', onclick: () => desk.signOut() }, say('menu.signOut')),
    );
    return [element('button', { type: 'button', class: 'square menu-button', popovertarget: 'menu', 'aria-label': say('menu.title') }, icon(MENU)), sheet];
  }

  /** A line of the menu, which it leaves. */
  #entry(title, open) {
    return element('button', { type: 'button', class: 'button wide', popovertarget: 'menu', popovertargetaction: 'hide', onclick: open }, this.say(title));
  }
}

/** All of a status. */
function listOf(status) {
  return { ...WIDE, status, order: usualOrder(status) };
}

/** A native choice: the best there is on a phone. */
function select(label, options, chosen) {
  const input = element('select', { 'aria-label': label, onchange: () => chosen(input.value) },
    options.map(([value, words]) => element('option', { value }, words)));
  return {
    element: input,
    choose: (value) => (input.value = value),
    get labelled() {
      return element('label', { class: 'choice' }, element('span', {}, label), input);
    },
  };
}
