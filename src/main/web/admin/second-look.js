import { actionButton } from './card.js';
import { element } from './element.js';
import { keyOf } from './keys.js';
import { problemText } from './problems.js';

const OPINIONS = ['approve', 'reject', 'spam', 'delete'];

/** What somebody else decided, shown again without saying how: what would you have done? Changes nothing. */
export class SecondLook {
  #cards = [];
  #sending = false;

  /** desk: {api, messages, keyboard, announcer, view, keyFor(action)} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.left = element('p', { class: 'quiet' });
    this.answer = element('p', { class: 'quiet', role: 'status' });
    this.card = element('div', { class: 'second-look' });
    this.actions = element('div', { class: 'opinions' });
    this.element = element('dialog', { class: 'sheet wide-sheet', 'aria-labelledby': 'look-title' },
      element('h2', { id: 'look-title' }, this.say('look.title')),
      element('p', { class: 'quiet' }, this.say('look.hint')),
      this.left,
      this.card,
      this.actions,
      this.answer,
      element('button', { type: 'button', class: 'button', onclick: () => this.element.close() }, this.say('help.close')),
    );
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
    this.element.addEventListener('close', () => desk.view.current?.element.focus({ preventScroll: true }));
    this.element.addEventListener('keydown', (event) => this.#pressed(event));
  }

  async open() {
    this.actions.replaceChildren(...OPINIONS.map((action) => actionButton(this.desk, action, () => this.#say(action))));
    this.answer.textContent = '';
    this.#show([]);
    this.element.showModal();
    try {
      const { cards } = await this.desk.api.get('second-looks');
      this.#show(cards);
    } catch (problem) {
      this.answer.textContent = problemText(this.desk.messages, problem);
    }
  }

  #show(cards) {
    this.#cards = cards;
    const [card] = cards;
    this.left.textContent = card ? this.say('look.left', { n: cards.length }) : this.say('look.none');
    this.actions.hidden = !card;
    if (!card) return this.card.replaceChildren();
    const { parent, author, page, text } = card;
    this.card.replaceChildren(...[
      element('h3', { class: 'author' }, element('bdi', {}, author?.name || this.say('card.nobody'))),
      element('p', { class: 'quiet' }, element('bdi', {}, page?.title || page?.key || '')),
      parent && element('blockquote', { class: 'parent' },
        element('p', { class: 'quiet' }, this.say('card.replyTo', { name: parent.author?.name || this.say('card.nobody') })),
        element('p', { class: 'quote', dir: 'auto' }, parent.text ?? '')),
      element('p', { class: 'text', dir: 'auto' }, text),
    ].filter(Boolean));
  }

  #pressed(event) {
    const action = this.desk.keyboard.on && !event.repeat && this.desk.keyboard.actions.get(keyOf(event));
    if (!OPINIONS.includes(action)) return;
    event.preventDefault();
    this.#say(action);
  }

  async #say(action) {
    const [card, ...others] = this.#cards;
    if (!card || this.#sending) return;
    this.#sending = true;
    try {
      const { agrees, first, by } = await this.desk.api.post('second-looks', { id: card.id, version: card.version, action });
      this.answer.textContent = this.say(agrees ? 'look.agrees' : 'look.differs', { name: by ?? '', action: this.say(`action.${first}`) });
    } catch (problem) {
      this.answer.textContent = problemText(this.desk.messages, problem);
    }
    this.#sending = false;
    this.#show(others);
  }
}
