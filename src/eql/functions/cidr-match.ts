import { type Block, blockHas, parseBlock, parseIp } from '../values/ip.ts';
import type { FunctionDefinition } from './definition.ts';

const address = new Uint32Array(4);

/** Whether an address lies in one of the blocks. */
export const cidrMatch: FunctionDefinition = {
  name: 'cidrMatch',
  parameters: [
    { name: 'address', type: 'ip' },
    { name: 'block', type: 'string', constant: true, repeated: true },
  ],
  hasInsensitiveForm: false,
  returns: () => 'boolean',
  prepare(_insensitive, constants) {
    const texts = constants.slice(1);
    if (texts.includes(null)) return () => null;
    const blocks: Block[] = [];
    for (const text of texts) {
      const block = typeof text === 'string' ? parseBlock(text) : null;
      if (block) blocks.push(block);
    }
    return ([text]) => {
      if (typeof text !== 'string' || !parseIp(text, address)) return null;
      for (const block of blocks) {
        if (blockHas(block, address)) return true;
      }
      return false;
    };
  },
};
