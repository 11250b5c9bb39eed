let loaded: typeof import('node:zlib') | null = null;

/** Node.js's `node:zlib`. It takes milliseconds to load, and most runs decompress nothing, so it is loaded when asked for. */
export function zlib(): typeof import('node:zlib') {
  loaded ??= process.getBuiltinModule('node:zlib');
  return loaded;
}
