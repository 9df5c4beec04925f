import { describe, expect, it } from 'vitest';
import { parseCsv } from './parse-csv.ts';
import { ratingPage } from './rating-page.ts';
import { type RatingKey, tallyRatings } from './tally-ratings.ts';

describe('parseCsv', () => {
  it('reads quotes, commas and line ends inside them, and any kind of line end', () => {
    expect(parseCsv('\uFEFFname,"words"\r\na,"x, ""y""\n z"\nb,\n\n')).toEqual([
      { name: 'a', words: 'x, "y"\n z' },
      { name: 'b', words: '' },
    ]);
  });

  it('refuses lines of another width and a quote that is never closed', () => {
    expect(() => parseCsv('a,b\n1')).toThrow('line 2: expected 2 fields, got 1');
    expect(() => parseCsv('a\n"1')).toThrow('expected a closing quote');
  });
});

describe('tallyRatings', () => {
  const head = (variant: string) => ({ variant, prompt: 'a clown', seed: 1 });
  const key: RatingKey = {
    format: 'headwright-rating-key/1',
    heads: { one: head('ssd'), two: head('sds'), three: head('ssd') },
  };
  const file = (name: string, ...lines: string[]) => ({
    name,
    text: ['participant,head,rating', ...lines].join('\n'),
  });

  it('counts each participant once, whatever they rated, and puts the best first', () => {
    const tally = tallyRatings(
      [file('a.csv', 'ann,one,6', 'ann,three,4', 'ann,two,2'), file('b.csv', 'bob,one,3', 'bob,two,1')],
      key,
    );
    expect(
      tally.map(({ variant, mean, participants, ratings }) => [variant, mean, participants, ratings]),
    ).toEqual([
      ['ssd', 4, 2, 3],
      ['sds', 1.5, 2, 2],
    ]);
    // Means 5 and 3: deviation √2, over √2 participants.
    expect(tally[0].halfInterval).toBeCloseTo(1.96, 6);
    expect(tallyRatings([file('a.csv', 'ann,one,6')], key)[0].halfInterval).toBeNull();
  });

  it('refuses what is not of this study', () => {
    expect(() => tallyRatings([file('a.csv', 'ann,four,6')], key)).toThrow(
      'a.csv, line 2: expected a head of the key',
    );
    expect(() => tallyRatings([file('a.csv', 'ann,one,7')], key)).toThrow('line 2: rating');
    expect(() => tallyRatings([file('a.csv', 'ann,one,2', 'ann,one,3')], key)).toThrow(
      'line 3: expected one rating',
    );
  });
});

describe('ratingPage', () => {
  it('names no method and cannot be broken out of by a prompt', () => {
    const prompt = 'a clown</script><b>';
    const page = ratingPage([{ id: 'abc', prompt, turntable: Uint8Array.of(1, 2, 3) }]);
    expect(page.split('</script>')).toHaveLength(2);
    expect(page).toContain('data:image/webp;base64,AQID');
    expect(page).not.toMatch(/ssd|sds|vsd/i);
  });
});
