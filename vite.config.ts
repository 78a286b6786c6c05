// One `vite build` makes all three parts of the program: the page, the main process and the preload script.
// Packages that the main process needs at run time stay outside its bundle: electron-builder ships them.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

const outside = ['electron', ...Object.keys(manifest.dependencies)].map((name) => new RegExp(`^${name}(/|$)`));

function privileged(input: string, file: string, format: 'es' | 'cjs', external: RegExp[]) {
  return {
    consumer: 'server' as const,
    resolve: { noExternal: true as const, external: [] },
    build: {
      outDir: '../dist',
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input,
        external: [/^node:/, ...external],
        output: { format, entryFileNames: file, codeSplitting: false },
      },
    },
  };
}

/** Every browser that the page is built for reads woff2: the older format behind it would only double the program. */
const onlyWoff2 = {
  postcssPlugin: 'only-woff2',
  Once(root: { walkDecls(name: string, each: (source: { value: string }) => void): void }) {
    root.walkDecls('src', (source) => {
      source.value = source.value.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/, '');
    });
  },
};

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  builder: {},
  css: { postcss: { plugins: [onlyWoff2] } },
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  environments: {
    client: { build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome140' } },
    main: privileged('electron/desktop/main.ts', 'main.js', 'es', outside),
    preload: privileged('electron/desktop/preload.ts', 'preload.cjs', 'cjs', [/^electron$/]),
  },
});
