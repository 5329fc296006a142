/** How far a finger must go, and how flat, before it is a decision and not a scroll. */
const BEGIN = 12;
const FAR = 96;
const EDGE = 20;

/**
 * Lets a finger push a node aside: offer('end' | 'start') says whether that direction means anything, and
 * decide(direction) is called when it was pushed far enough. Mice and pens have the buttons.
 */
export class Swipe {
  #start = null;
  #dx = 0;

  constructor(node, { offer, decide, armed }) {
    Object.assign(this, { node, offer, decide, armed });
    node.addEventListener('pointerdown', (event) => this.#down(event));
    node.addEventListener('pointermove', (event) => this.#move(event));
    node.addEventListener('pointerup', (event) => this.#up(event));
    node.addEventListener('pointercancel', () => this.#reset());
    // Else the browser takes it for the start of a scroll too, and swallows a tap that follows soon.
    node.addEventListener('touchmove', (event) => this.#start?.swiping && event.cancelable && event.preventDefault(), { passive: false });
  }

  #down({ pointerType, isPrimary, clientX, clientY, pointerId }) {
    // The outermost strip belongs to the system's own "back".
    if (pointerType !== 'touch' || !isPrimary || clientX < EDGE || clientX > innerWidth - EDGE) return;
    this.#start = { x: clientX, y: clientY, pointerId, swiping: false };
    this.#dx = 0;
  }

  #move({ pointerId, clientX, clientY }) {
    const start = this.#start;
    if (start?.pointerId !== pointerId) return;
    const [dx, dy] = [clientX - start.x, clientY - start.y];
    if (!start.swiping) {
      if (Math.abs(dy) > BEGIN) return this.#reset();
      if (Math.abs(dx) < BEGIN) return;
      start.swiping = true;
      this.node.setPointerCapture(pointerId);
    }
    const offered = this.offer(direction(dx));
    this.#dx = offered ? dx : dx / 6;
    this.node.style.setProperty('transform', `translateX(${this.#dx}px)`);
    this.armed(Math.abs(this.#dx) >= FAR ? direction(dx) : null);
  }

  #up({ pointerId }) {
    if (this.#start?.pointerId !== pointerId) return;
    const far = Math.abs(this.#dx) >= FAR && direction(this.#dx);
    this.#reset();
    if (far) this.decide(far);
  }

  #reset() {
    this.#start = null;
    this.#dx = 0;
    this.node.style.removeProperty('transform');
    this.armed(null);
  }
}

function direction(dx) {
  const rightToLeft = document.documentElement.dir === 'rtl';
  return dx > 0 === rightToLeft ? 'start' : 'end';
}
