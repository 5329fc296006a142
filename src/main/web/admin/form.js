import { element } from './element.js';
import { problemText } from './problems.js';

/**
 * A small form: labelled fields (a line, "textarea", "checkbox", or a choice by options), one button, what is
 * wrong next to it. send(values) may throw a Problem;
 * its errors go to the fields they are about. What was typed is cleared once it is sent, unless it is to be kept.
 */
export class Form {
  /** fields: [{name, label, …attributes of the input}] */
  constructor({ messages, fields, submit, send, keep = false }) {
    Object.assign(this, { messages, send, keep });
    this.fields = new Map(fields.map(({ name, label, ...attributes }) => [name, field(name, label, attributes)]));
    this.error = element('p', { class: 'form-error', role: 'alert' });
    this.submit = element('button', { type: 'submit', class: 'button primary' }, submit);
    this.element = element('form', { class: 'form', novalidate: true, onsubmit: (event) => this.#send(event) },
      [...this.fields.values()].map(({ element: label }) => label), this.error, this.submit);
  }

  /** To the first field that asks for something. */
  focus() {
    [...this.fields.values()].find(({ input }) => input.type !== 'checkbox')?.input.focus();
  }

  get values() {
    return Object.fromEntries([...this.fields].map(([name, { input }]) => [name, input.type === 'checkbox' ? input.checked : input.value]));
  }

  /** values: by name; those without a field are left out. */
  fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const input = this.fields.get(name)?.input;
      if (input?.type === 'checkbox') input.checked = value;
      else if (input) input.value = value ?? '';
    }
  }

  async #send(event) {
    event.preventDefault();
    if (this.submit.disabled) return;
    const empty = [...this.fields.values()].find(({ input }) => input.required && !input.value.trim());
    if (empty) return empty.input.focus();
    this.#clear();
    this.submit.disabled = true;
    try {
      await this.send(this.values);
      if (!this.keep) for (const { input } of this.fields.values()) if (!['SELECT', 'TEXTAREA'].includes(input.tagName) && input.type !== 'checkbox') input.value = '';
    } catch (problem) {
      this.#refused(problem);
    } finally {
      this.submit.disabled = false;
    }
  }

  #clear() {
    this.error.textContent = '';
    for (const { input, wrong } of this.fields.values()) {
      input.removeAttribute('aria-invalid');
      wrong.textContent = '';
    }
  }

  #refused(problem) {
    const known = (problem.errors ?? []).filter(({ pointer }) => this.fields.has(pointer.slice(1)));
    for (const { pointer, detail } of known) {
      const { input, wrong } = this.fields.get(pointer.slice(1));
      input.setAttribute('aria-invalid', 'true');
      wrong.textContent = detail;
    }
    if (known.length > 0) this.fields.get(known[0].pointer.slice(1)).input.focus();
    else this.error.textContent = problemText(this.messages, problem);
  }
}

function inputOf(options, attributes) {
  if (options) return element('select', attributes, options.map(([value, words]) => element('option', { value }, words)));
  if (attributes.type !== 'textarea') return element('input', { type: 'text', ...attributes });
  const { type, value, ...others } = attributes;
  const area = element('textarea', { rows: 6, dir: 'auto', ...others });
  area.value = value ?? '';
  return area;
}

let made = 0;

function field(name, label, { options, ...attributes }) {
  const id = `field-${++made}`;
  const common = { id, name, 'aria-describedby': `${id}-wrong`, ...attributes };
  const input = inputOf(options, common);
  const wrong = element('span', { class: 'form-error', id: `${id}-wrong` });
  return { input, wrong, element: element('label', { class: common.type === 'checkbox' ? 'choice' : 'field', for: id }, element('span', {}, label), input, wrong) };
}
