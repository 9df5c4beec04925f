/** A picture of values in [0, 1] as bytes. */
export function pictureBytes(picture: Float32Array): Uint8Array {
  const bytes = new Uint8Array(picture.length);
  for (let i = 0; i < picture.length; i++) bytes[i] = picture[i] * 255 + 0.5;
  return bytes;
}
