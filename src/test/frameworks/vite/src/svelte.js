import './service.js';
import { mount } from 'svelte';
import Talk from './Talk.svelte';

mount(Talk, { target: document.querySelector('main'), props: { article: { slug: 'svelte-talks', title: 'On talks' } } });
