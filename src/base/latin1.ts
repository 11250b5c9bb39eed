/** Buffer's own method under `toString('latin1', …)`, which spends as long on its arguments as on a short text. */
interface Latin1Slice {
  latin1Slice(start: number, end: number): string;
}

/** One character a byte, 0x00 to 0xff. */
export function latin1(bytes: Buffer, start: number, end: number): string {
  // Every Buffer of Node.js has the method, though its type declarations leave it out.
  return (bytes as Buffer & Latin1Slice).latin1Slice(start, end);
}
