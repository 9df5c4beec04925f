import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRESET_REFINEMENTS, PRESET_SETTINGS } from '../../apps/gpu-runner/src/ssd/config.ts';
import { ADAMW_DEFAULTS } from '../../apps/gpu-runner/src/ssd/optimizer/adamw.ts';

// docs/method.md lists the constants of HeadArtist's release as `place = value` of the preset `paper`.

const paper = { ...PRESET_SETTINGS.paper, refine: PRESET_REFINEMENTS.paper, adamw: ADAMW_DEFAULTS };
const method = readFileSync(new URL('../../docs/method.md', import.meta.url), 'utf8');
const section = method.split(/^## /m).find((part) => part.startsWith('The released constants')) ?? '';
const stated = new Map<string, unknown>(
  [...section.matchAll(/`([\w.]+) = ([^`]+)`/g)].flatMap(([, place, value]): [string, unknown][] => {
    const places = place.startsWith('both.')
      ? ['geometry', 'texture'].map((stage) => place.replace('both', stage))
      : [place];
    return places.map((each) => [each, rounded(JSON.parse(value))]);
  }),
);

/** A value whose numbers are told with three digits. */
function rounded(value: unknown): unknown {
  const three = (_: string, each: unknown): unknown =>
    typeof each === 'number' ? Number(each.toPrecision(3)) : each;
  return JSON.parse(JSON.stringify(value, three));
}

/** The values of an object and of all objects in it, by place. */
function valuesOf(object: object, prefix = ''): [string, unknown][] {
  return Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
    const place = `${prefix}${name}`;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return [[place, rounded(value)], ...(isObject ? valuesOf(value, `${place}.`) : [])];
  });
}

test('the preset `paper` has the values that docs/method.md lists', () => {
  const values = new Map(valuesOf(paper));
  expect(stated.size).toBeGreaterThan(50);
  for (const [place, value] of stated) expect({ [place]: values.get(place) }).toEqual({ [place]: value });
});

test('docs/method.md lists every value of the preset `paper`', () => {
  const places = [...stated.keys()];
  const isStated = (place: string): boolean =>
    places.some((each) => place === each || place.startsWith(`${each}.`) || each.startsWith(`${place}.`));
  expect(valuesOf(paper).flatMap(([place]) => (isStated(place) ? [] : [place]))).toEqual([]);
});
