/** The Euclidean norm of a gradient in several parts; it is finite exactly if every entry is. */
export function gradientNorm(parts: readonly Float32Array[]): number {
  // Squares of float32 numbers fit a double with room for more entries than memory holds.
  let squares = 0;
  for (const part of parts) for (let i = 0; i < part.length; i++) squares += part[i] * part[i];
  return Math.sqrt(squares);
}
