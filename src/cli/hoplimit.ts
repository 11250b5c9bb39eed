import { setFlagsFromString } from 'node:v8';
import { failureStatus, main } from './main.ts';

// V8 lets garbage grow to a multiple of what is in use; half as much again keeps connections without end below 250 MB,
// for a few percent of time where there is much to write.
setFlagsFromString('--heap-growing-percent=50');

process.on('uncaughtException', (error) => process.exit(failureStatus(error)));
process.exitCode = await main(process.argv.slice(2));
