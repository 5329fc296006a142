import 'afterword-widget/vue';
import { h, type GlobalComponents } from 'vue';

type Props = InstanceType<GlobalComponents['afterword-comments']>['$props'];

export const good: Props = { page: 'talks', theme: 'dark', 'onAfterword:posted': ({ detail }) => detail.id.toUpperCase() };
// @ts-expect-error: there is no such order
export const bad: Props = { order: 'random' };
export const node = h('afterword-comments', { page: 'talks' });
