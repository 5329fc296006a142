/** What an <afterword-comments> may say; what it leaves out is the default given to defineAfterword. */
export interface AfterwordAttributes {
  site?: string;
  /** The key of the discussion, byte for byte, or an absolute address. */
  page?: string;
  url?: string;
  /** Not "title", which is a tooltip. */
  'data-title'?: string;
  /** When the article was published, RFC 3339. */
  published?: string;
  theme?: 'auto' | 'light' | 'dark' | 'inherit';
  lang?: string;
  order?: 'newest' | 'oldest' | 'best';
  loading?: 'lazy' | 'eager' | 'manual';
  'heading-level'?: 1 | 2 | 3 | 4 | 5 | 6 | '1' | '2' | '3' | '4' | '5' | '6';
  'data-debug'?: '' | true;
}

export interface AfterwordOptions {
  /** Where the service runs, such as "https://comments.example". */
  service: string;
  /** The site's key. */
  site: string;
  theme?: AfterwordAttributes['theme'];
  lang?: string;
  order?: AfterwordAttributes['order'];
  loading?: AfterwordAttributes['loading'];
  'heading-level'?: AfterwordAttributes['heading-level'];
}

/** The element. */
export declare class AfterwordComments extends HTMLElement {
  /** Loads now, or anew, whatever "loading" says. */
  load(): void;
}

/** Registers the element, once per page however often it is called. */
export declare function defineAfterword(options: AfterwordOptions): void;

export interface AfterwordEvents {
  'afterword:ready': CustomEvent<{ count: number }>;
  'afterword:count': CustomEvent<{ page: string; count: number }>;
  'afterword:posted': CustomEvent<{ id: string }>;
  'afterword:held': CustomEvent<{ id: string }>;
  'afterword:error': CustomEvent<{ status?: number; slug?: string; error?: unknown }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'afterword-comments': AfterwordComments;
  }
  interface HTMLElementEventMap extends AfterwordEvents {}
  interface DocumentEventMap extends AfterwordEvents {}
}
