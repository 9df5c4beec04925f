/** A number in words before a unit of age, unless a word for tens before it makes it a grown-up's: "twenty-five years". */
const inWords = (tens: string, numbers: string, units: string): string =>
  `(?<!(?:${tens})[\\s-]+(?:\\p{L}{1,3}\\s+)?)(?:${numbers})[\\s-]*(?:${units})`;

const ENGLISH =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen';

/** Ages below eighteen in words, where words are set apart; parts of a regular expression, which begin a word. */
const SET_APART: readonly string[] = [
  inWords(
    'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand',
    ENGLISH,
    '(?:y\\.?\\/?o|yrs?|years?)(?!\\p{L})',
  ),
  `(?:aged?|age\\s+of)\\s+(?:${ENGLISH})(?!\\p{L}|\\s+(?:hundred|thousand|dozen))`,
  '(?:aged?|age\\s+of)[\\s:=]*(?:\\d|1[0-7])(?!\\d|[.,]\\d)',
  'sweet\\s+sixteen',
  // German, Dutch
  '(?:ein|zwei|drei|vier|f(?:ü|u|ue)nf|sechs|sieben|acht|neun|zehn|elf|zw(?:ö|o|oe)lf|dreizehn|vierzehn|f(?:ü|u|ue)nfzehn|sechzehn|siebzehn)[\\s-]*(?:jahr|j(?:ä|a|ae)hrig)',
  '(?:vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien)[\\s-]*(?:jaar|jarig)',
  // French; Spanish and Portuguese together, since each reads some of the other; Italian
  inWords(
    'vingt|trente|quarante|cinquante|soixante|vingts|dix|cent',
    'un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix[\\s-]sept',
    'ans(?!\\p{L})',
  ),
  inWords(
    'veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|vinte|trinta|quarenta|cinquenta|sessenta|oitenta|ciento|cento',
    'dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|diecis(?:é|e)is|diecisiete|dois|duas|tr(?:ê|e)s|quatro|sete|oito|nove|dez|onze|doze|treze|quatorze|quinze|dez[ea]sseis|dez[ea]ssete',
    'a(?:ñ|n)os(?!\\p{L})',
  ),
  '(?:due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette)\\s+anni',
  // Polish and Turkish, without accents; Turkish endings follow.
  inWords(
    'dwadziescia|trzydziesci|czterdziesci|\\p{L}+dziesiat|sto',
    'trzy|cztery|piec|szesc|siedem|osiem|dziewiec|dziesiec|jedenascie|dwanascie|trzynascie|czternascie|pietnascie|szesnascie|siedemnascie',
    'lata?(?!\\p{L})',
  ),
  '(?:dwa|trzy|czter|piet|szes|siedem)nastolet',
  inWords(
    'yirmi|otuz|kirk|elli|altmis|yetmis|seksen|doksan|yuz',
    '(?:on\\s+)?(?:bir|iki|uc|dort|bes|alti|yedi)|on',
    'yas',
  ),
  inWords('yirmi|otuz|kirk|elli|altmis|yetmis|seksen|doksan|yuz|on', 'sekiz|dokuz', 'yas'),
  // Russian, Ukrainian
  inWords(
    'двадцать|тридцать|сорок|\\p{L}+десят|девяносто|сто',
    'пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать',
    'лет',
  ),
  '(?:пяти|шести|семи|восьми|девяти|десяти|(?:один|две|три|четыр|пят|шест|сем)надцати)летн',
  '(?:десять|(?:оди|два|три|чотир|п.?ят|шіст|сім)надцять)\\s+років',
  // Arabic, Hindi
  '(?:ثلاث|أربع|اربع|خمس|ست|سبع|اثنتي)ة?\\s+عشرة?\\s+(?:سنة|عام)',
  '(?:ثلاث|أربع|اربع|خمس|ست|سبع|ثمان|ثماني|تسع|عشر)\\s+سنوات',
  '(?:पाँच|पांच|छह|सात|आठ|नौ|दस|ग्यारह|बारह|तेरह|चौदह|पंद्रह|पन्द्रह|सोलह|सत्रह)\\s+(?:साल|वर्ष)',
];

/** The same where words are not set apart: Chinese and Japanese, Korean. */
const ANYWHERE: readonly string[] = [
  '(?<![一二三四五六七八九十百])(?:十[一二三四五六七多几幾]?|[一二两兩三四五六七八九])[岁歲歳才]',
  '(?<!(?:스물|서른|마흔|쉰|예순|일흔|여든|아흔)\\s*)(?:(?:열\\s*)?(?:한|두|세|네|다섯|여섯|일곱)|열)\\s*살',
  '(?<!(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)\\s*)(?:여덟|아홉)\\s*살',
];

/** An age below eighteen in words, in lower-case text. */
export const YOUNG_AGE_WORDS = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${SET_APART.join('|')})|${ANYWHERE.join('|')}`,
  'u',
);
