/** A face drawn from the name alone: no request, no data: image (strict pages block both). */

const SVG = 'http://www.w3.org/2000/svg';

export function avatar(name) {
  const letters = initials(name);
  return node('svg', { viewBox: '0 0 40 40', class: 'avatar', 'aria-hidden': 'true' }, [
    node('circle', { cx: 20, cy: 20, r: 20, fill: `oklch(52% 0.09 ${hue(name)})` }),
    node('text', { x: 20, y: 20, dy: '.36em', 'text-anchor': 'middle', fill: '#fff' }, [letters]),
  ]);
}

/** The first letters of the first and the last word. */
function initials(name) {
  const words = name.match(/[\p{L}\p{N}\p{Extended_Pictographic}][^\s]*/gu) ?? ['?'];
  const last = words.length > 1 ? [...words.at(-1)][0] : '';
  return ([...words[0]][0] + last).toLocaleUpperCase();
}

function hue(name) {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 360;
  return sum;
}

function node(tag, attributes, children = []) {
  const element = Document.prototype.createElementNS.call(document, SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
