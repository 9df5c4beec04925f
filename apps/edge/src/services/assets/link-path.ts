/** Where a file's bytes can be read with a signature. Its digest is in the path: other bytes have another address. */
export function linkPath(asset: { id: string; sha256: string; name: string }): string {
  return `/files/${asset.id}/${asset.sha256}/${asset.name}`;
}
