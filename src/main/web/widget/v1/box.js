/** The box before anybody writes: a text field that fetches the rest when it is first used. */
import { h } from './dom.js';

export class Box {
  /** @param id of the text field, for its label and its problem */
  constructor(words, id) {
    this.text = h('textarea', { id, rows: 3, class: 'text', dir: 'auto' });
    words.label(this.text, 'placeholder', {}, 'placeholder');
    this.element = h('form', { class: 'box', novalidate: true }, this.text);
  }
}
