import { element } from '../element.js';
import { problemText } from '../problems.js';

/** What other settings would have made of the site's comments; nothing is changed by asking. */
export class Replay {
  constructor(desk, site) {
    Object.assign(this, { desk, site });
    this.say = (key, values) => desk.messages.say(key, values);
    this.element = element('div', { class: 'replay', 'aria-live': 'polite' });
  }

  /** settings: those that are tried, as the form would save them. */
  async run(settings) {
    const bar = element('progress', { 'aria-label': this.say('replay.running') });
    this.element.replaceChildren(bar);
    try {
      await this.desk.api.lines(`sites/${this.site}/replay`, settings, ({ done, of, result }) => {
        if (result) this.#show(result);
        else Object.assign(bar, { max: Math.max(1, of), value: done });
      });
    } catch (problem) {
      this.element.replaceChildren();
      throw problem;
    }
  }

  #show({ judged, same, unknown, unasked, changes, reasons, examples }) {
    this.element.replaceChildren(
      element('p', {}, this.say('replay.judged', { n: judged }), ' ', this.say(changes.length > 0 ? 'replay.same' : 'replay.nothing', { n: same })),
      ...changes.map((change) => this.#change(change, examples)),
      reasons.length > 0 && element('ul', { class: 'notes' }, reasons.map((reason) => this.#reason(reason))),
      unknown > 0 && element('p', {}, this.say('replay.unknown', { n: unknown })),
      unasked > 0 && element('p', {}, this.say('replay.unasked', { n: unasked })),
    );
  }

  #change({ from, to, count, published, turnedDown }, examples) {
    const shown = examples.filter((example) => example.from.verdict === from && example.to.verdict === to);
    return element('details', {},
      element('summary', {}, this.say('replay.change', { n: count, from: this.say(`verdict.${from}`), to: this.say(`verdict.${to}`) })),
      published + turnedDown > 0 && element('p', {}, this.say('replay.decided', { published, turnedDown })),
      element('ul', { class: 'notes' }, shown.map((example) => this.#example(example))));
  }

  #example({ name, excerpt, to }) {
    return element('li', {},
      element('bdi', {}, name), ': ', element('bdi', {}, excerpt),
      ' – ', to.reasons.map((code) => this.#words(code)).join(' '));
  }

  #reason({ reason, gained, lost }) {
    return element('li', {}, this.#words(reason), ' ', this.say('replay.reason', { gained, lost }));
  }

  #words(code) {
    const key = `reason.${code}`;
    return this.desk.messages.has(key) ? this.say(key) : code;
  }
}

/** A button that tries what a form holds before it is saved. settingsOf(values): as they would be sent. */
export function tryButton({ desk, replay, form, settingsOf }) {
  const button = element('button', { type: 'button', class: 'button' }, desk.messages.say('replay.try'));
  button.addEventListener('click', async () => {
    button.disabled = true;
    form.error.textContent = '';
    try {
      await replay.run(settingsOf(form.values));
    } catch (problem) {
      form.error.textContent = problemText(desk.messages, problem);
    } finally {
      button.disabled = false;
    }
  });
  return button;
}
