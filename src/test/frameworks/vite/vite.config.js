import { svelte } from '@sveltejs/vite-plugin-svelte';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  build: { outDir: 'built', rollupOptions: { input: ['react.html', 'vue.html', 'svelte.html'] } },
  plugins: [
    react(),
    RECIPE(Vue, js),
    svelte(),
  ],
});
