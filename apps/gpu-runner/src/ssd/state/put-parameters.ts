/** Writes parameters that were kept under a name into those of a field; another number of them is refused. */
export function putParameters(name: string, values: Float32Array, into: Float32Array): void {
  if (values.length !== into.length) {
    throw new Error(
      `putParameters: ${name}: expected ${into.length} by the recipe's settings, got ${values.length}`,
    );
  }
  into.set(values);
}
