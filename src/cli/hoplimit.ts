import { failureStatus, main } from './main.ts';

process.on('uncaughtException', (error) => process.exit(failureStatus(error)));
process.exitCode = await main(process.argv.slice(2));
