import { readFileSync } from 'node:fs';
import { fileErrorText } from '../base/file-error.ts';
import { Mapping, MappingError } from '../ecs/mapping.ts';
import { CommandError, EXIT } from './exit.ts';

/** The mapping that is in all the files together; null where none is named. */
export function mappingFrom(paths: readonly string[]): Mapping | null {
  if (paths.length === 0) return null;
  const mapping = new Mapping();
  for (const path of paths) {
    try {
      mapping.add(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      if (error instanceof MappingError || error instanceof SyntaxError) {
        throw new CommandError(`${path} is no mapping: ${error.message}`, EXIT.usage);
      }
      throw new CommandError(`${path}: ${fileErrorText(error)}`);
    }
  }
  return mapping;
}
