import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { AfterwordAttributes, AfterwordComments } from './index.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'afterword-comments': Omit<DetailedHTMLProps<HTMLAttributes<AfterwordComments>, AfterwordComments>, keyof AfterwordAttributes> &
        AfterwordAttributes;
    }
  }
}
