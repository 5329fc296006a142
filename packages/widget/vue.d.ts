import type { DefineComponent } from 'vue';
import type { AfterwordAttributes, AfterwordEvents } from './index.js';

type Handlers = { [Name in keyof AfterwordEvents as `on${Capitalize<Name>}`]?: (event: AfterwordEvents[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'afterword-comments': DefineComponent<AfterwordAttributes & Handlers>;
  }
}
