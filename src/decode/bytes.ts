/** 16 bits in network order. */
export function u16(bytes: Buffer, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1];
}

/** 32 bits in network order, signed: the form in which a segment holds words of addresses. */
export function i32(bytes: Buffer, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

/** 32 bits in network order, unsigned. */
export function u32(bytes: Buffer, at: number): number {
  return i32(bytes, at) >>> 0;
}
