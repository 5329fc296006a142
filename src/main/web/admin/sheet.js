import { element } from './element.js';
import { Form } from './form.js';

/** A form over the queue, about one card; Escape or a press beside it leaves everything as it was. */
export class Sheet {
  /** desk: {messages, view}; name: of its messages, "ban" → "ban.title" */
  constructor(desk, name) {
    this.desk = desk;
    this.title = element('h2', { id: `${name}-title` }, desk.messages.say(`${name}.title`));
    this.element = element('dialog', { class: 'sheet', 'aria-labelledby': `${name}-title` }, this.title);
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
    this.element.addEventListener('close', () => desk.view.current?.element.focus({ preventScroll: true }));
  }

  /** fields and submit as a Form takes them; send(values) may throw a Problem, and then the sheet stays. Answers the Form. */
  ask({ about = null, fields, submit, send }) {
    const { messages } = this.desk;
    const form = new Form({
      messages,
      fields,
      submit,
      send: async (values) => {
        await send(values);
        this.element.close();
      },
    });
    const leave = element('button', { type: 'button', class: 'button', onclick: () => this.element.close() }, messages.say('help.cancel'));
    form.element.append(leave);
    this.element.replaceChildren(this.title, about, form.element);
    this.element.showModal();
    form.focus();
    return form;
  }
}
