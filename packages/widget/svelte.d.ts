import type { HTMLAttributes } from 'svelte/elements';
import type { AfterwordAttributes, AfterwordComments, AfterwordEvents } from './index.js';

type Handlers = { [Name in keyof AfterwordEvents as `on${Name}`]?: (event: AfterwordEvents[Name]) => void };

declare module 'svelte/elements' {
  export interface SvelteHTMLElements {
    'afterword-comments': Omit<HTMLAttributes<AfterwordComments>, keyof AfterwordAttributes> & AfterwordAttributes & Handlers;
  }
}
