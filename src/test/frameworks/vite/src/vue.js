import './service.js';
import { createApp } from 'vue';
import Talk from './Talk.vue';

createApp(Talk, { article: { slug: 'vue-talks', title: 'On talks' } }).mount('main');
