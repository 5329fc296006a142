import { element } from './element.js';
import { problemText } from './problems.js';

const DAYS = [7, 30, 90, 365];

/** How the desk is doing: what waits, how long decisions take, who decides what, what the rules did. */
export class Stats {
  /** desk: {api, messages, session, view, now(), reasonWords(code)} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.site = element('select', { 'aria-label': this.say('filter.site'), hidden: desk.session.sites.length < 2, onchange: () => this.#fill() },
      [['', this.say('filter.allSites')], ...desk.session.sites].map(([key, name]) => element('option', { value: key }, name)));
    this.days = element('select', { 'aria-label': this.say('stats.span'), onchange: () => this.#fill() }, DAYS.map((n) => element('option', { value: n }, this.say('stats.days', { n }))));
    this.days.value = 30;
    this.content = element('div', { class: 'figures' });
    this.csv = element('a', { class: 'button link-button', download: 'stats.csv' }, this.say('stats.csv'));
    this.element = element('dialog', { class: 'sheet wide-sheet', 'aria-labelledby': 'stats-title' },
      element('h2', { id: 'stats-title' }, this.say('stats.title')),
      element('div', { class: 'selects' }, this.site, this.days),
      this.content,
      this.csv,
      element('button', { type: 'button', class: 'button', onclick: () => this.element.close() }, this.say('help.close')),
    );
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
    this.element.addEventListener('close', () => desk.view.current?.element.focus({ preventScroll: true }));
  }

  open() {
    this.element.showModal();
    return this.#fill();
  }

  get #asked() {
    return this.site.value ? { days: this.days.value, site: this.site.value } : { days: this.days.value };
  }

  async #fill() {
    this.csv.href = `/api/v1/admin/stats?${new URLSearchParams({ ...this.#asked, format: 'csv' })}`;
    try {
      const parts = this.#all(await this.desk.api.get('stats', this.#asked));
      this.content.replaceChildren(...parts.filter(Boolean));
    } catch (problem) {
      this.content.replaceChildren(element('p', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #all({ waiting, oldestAt, secondsToDecisionP50, secondsToDecisionP90, decisions, rules, agreement }) {
    const { messages } = this.desk;
    const span = (seconds) => (seconds === null ? '–' : messages.lasting(seconds));
    return [
      element('dl', { class: 'numbers' },
        this.#number('stats.waiting', messages.number.format(waiting)),
        this.#number('stats.oldest', oldestAt ? messages.since(new Date(oldestAt), this.desk.now()) : '–'),
        this.#number('stats.median', span(secondsToDecisionP50)),
        this.#number('stats.slow', span(secondsToDecisionP90))),
      this.#table('stats.decisions', decisions, ({ moderator, action, count }) => [moderator, this.say(`action.${action}`), count]),
      this.#table('stats.agreement', agreement, ({ moderator, looked, agreed }) => [moderator, this.say('stats.agreed', { n: looked, agreed: messages.number.format(agreed) }), messages.share(agreed / looked)]),
      this.#table('stats.rules', rules, ({ status, reason, count }) => [this.say(`status.${status}`), reason === 'none' ? '–' : this.desk.reasonWords(reason), count]),
    ];
  }

  #number(title, value) {
    return element('div', {}, element('dt', {}, this.say(title)), element('dd', {}, value));
  }

  #table(title, rows, cells) {
    if (rows.length === 0) return null;
    const shown = (value) => (typeof value === 'number' ? this.desk.messages.number.format(value) : value);
    return element('table', { class: 'figure-table' },
      element('caption', {}, this.say(title)),
      element('tbody', {}, rows.map((row) => {
        const [name, what, value] = cells(row);
        return element('tr', {}, element('th', { scope: 'row' }, element('bdi', {}, name)), element('td', {}, what), element('td', { class: 'value' }, shown(value)));
      })));
  }
}
