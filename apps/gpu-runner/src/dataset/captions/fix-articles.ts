/** Vowels that are spoken as a consonant. */
const SPOKEN_CONSONANT = /^(eu|one|uni(?!n|m)|use)/i;

/** English of a caption whose indefinite articles are all "a": "an orc", "a european", no double spaces. */
export function fixArticles(text: string): string {
  return text
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/ ,/g, ',')
    .trim()
    .replaceAll(/\ban? (?=([\w-]+))/g, (_, next: string) =>
      /^[aeiou]/i.test(next) && !SPOKEN_CONSONANT.test(next) ? 'an ' : 'a ',
    );
}
