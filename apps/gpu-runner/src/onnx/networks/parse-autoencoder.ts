import type { Autoencoder } from './autoencoder.ts';
import { parseAutoencoderKl } from './autoencoder-kl.ts';
import { parseAutoencoderTiny } from './autoencoder-tiny.ts';

const PARSERS: Readonly<Record<string, (json: unknown) => Autoencoder>> = {
  AutoencoderKL: parseAutoencoderKl,
  AutoencoderTiny: parseAutoencoderTiny,
};

/** Reads an autoencoder's config.json by its `_class_name`. */
export function parseAutoencoder(json: unknown): Autoencoder {
  const name =
    typeof json === 'object' && json !== null && '_class_name' in json ? String(json._class_name) : 'none';
  const parser = PARSERS[name];
  if (!parser) {
    throw new Error(
      `parseAutoencoder: expected _class_name ${Object.keys(PARSERS).join(' or ')}, got ${name}`,
    );
  }
  return parser(json);
}
