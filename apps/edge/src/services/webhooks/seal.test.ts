import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

const key = (name: string) => ({ name, key: crypto.getRandomValues(new Uint8Array(32)) });
const [older, newer] = [key('older'), key('newer')];

test('a sealed secret opens with its key, and two of the same secret differ', async () => {
  const first = await seal([older], 'we_1', 'whsec_x');
  expect(first).toMatch(/^older\.[^.]+\.[^.]+$/);
  expect(first).not.toContain('whsec');
  expect(await unseal([older], 'we_1', first)).toBe('whsec_x');
  expect(await seal([older], 'we_1', 'whsec_x')).not.toBe(first);
});

test('after a rotation the newest key seals, and what an older one has sealed still opens', async () => {
  const old = await seal([older], 'we_1', 'whsec_x');
  expect(await unseal([newer, older], 'we_1', old)).toBe('whsec_x');
  expect(await seal([newer, older], 'we_1', 'whsec_x')).toMatch(/^newer\./);
  await expect(unseal([newer], 'we_1', old)).rejects.toThrow('no key is named older');
});

test('a sealed secret opens neither in another row, nor changed, nor with another key of the same name', async () => {
  const sealed = await seal([older], 'we_1', 'whsec_x');
  await expect(unseal([older], 'we_2', sealed)).rejects.toThrow();
  await expect(unseal([key('older')], 'we_1', sealed)).rejects.toThrow();
  const [name, iv, text = ''] = sealed.split('.');
  const changed = [name, iv, (text.startsWith('A') ? 'B' : 'A') + text.slice(1)].join('.');
  await expect(unseal([older], 'we_1', changed)).rejects.toThrow();
});
