import { defineConfig } from 'vite';

// Three pages, each with what it needs only. Nothing is inlined as a data: or script text, so that the gateway's
// Content-Security-Policy can stay at 'self'.
export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['index.html', 'operator.html', 'service.html'] },
  },
});
