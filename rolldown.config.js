import { defineConfig } from 'rolldown';

/** The program as few files: loading a hundred small modules takes longer than analysing a small capture. */
export default defineConfig({
  input: { hoplimit: 'src/cli/hoplimit.ts', eql: 'src/eql/index.ts', 'event-worker': 'src/cli/event-worker.ts' },
  platform: 'node',
  external: (id) => !/^[./]|^src\//.test(id),
  output: {
    dir: 'dist',
    format: 'esm',
    sourcemap: true,
    // Names stay, so that a stack trace can be read; what only people read is left out, and need not be parsed.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    cleanDir: true,
  },
});
