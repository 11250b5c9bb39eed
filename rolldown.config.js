import { defineConfig } from 'rolldown';

/** The program as few files: loading a hundred small modules takes longer than analysing a small capture. */
export default defineConfig({
  input: { hoplimit: 'src/cli/hoplimit.ts', eql: 'src/eql/index.ts' },
  platform: 'node',
  external: (id) => !/^[./]|^src\//.test(id),
  output: {
    dir: 'dist',
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    cleanDir: true,
  },
});
