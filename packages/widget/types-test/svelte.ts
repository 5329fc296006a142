import 'afterword-widget/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

type Props = SvelteHTMLElements['afterword-comments'];

export const good: Props = { page: 'talks', theme: 'light', class: 'below', 'onafterword:count': ({ detail }) => detail.count + 1 };
// @ts-expect-error: there is no such loading
export const bad: Props = { loading: 'soon' };
