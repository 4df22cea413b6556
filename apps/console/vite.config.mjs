import { defineConfig } from 'vite';

/** The API puts a fresh nonce in its place with every answer. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    // Files inside the page as data addresses would be scripts of unknown origin.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    target: 'es2022',
    manifest: true,
    rolldownOptions: {
      // Libraries mark their modules for servers that render; there is none here.
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:3000', '/health': 'http://127.0.0.1:3000' } },
});
