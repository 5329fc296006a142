import { defineAfterword } from 'afterword-widget';

defineAfterword({ service: 'https://comments.example', site: 'blog', theme: 'dark' });
// @ts-expect-error: the site is missing
defineAfterword({ service: 'https://comments.example' });

const element = document.createElement('afterword-comments');
element.load();
element.addEventListener('afterword:posted', ({ detail }) => detail.id.toUpperCase());
document.addEventListener('afterword:count', ({ detail }) => detail.count + 1);
// @ts-expect-error: a count is a number
document.addEventListener('afterword:count', ({ detail }) => detail.count.toUpperCase());
