/* The money rule on the device: the same data (agreements/money.json) and the same verdicts as agreements/money.py, which
 * says what is caught and why. Needs String.normalize and the `u` flag of regular expressions (Safari 10 and 12). */

const TAKEN = "\0";
const CAPITALS = /[A-ZÀ-ÖØ-Þ]/g;
// One letter with the accents that some keyboards send after it.
const LETTER = /[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]/gu;
const PLAIN = { blanks: " ", dashes: "-", apostrophes: "'", dropped: "" };

const WARM_UP_AFTER = 2000;

let rules = [];
let plainLetters = new Map();

/** Take the server's data (`config.money`); before that nothing is found. */
export function useMoney({ letters, parts, rules: all }) {
  plainLetters = new Map();
  for (const [kind, plain] of Object.entries(PLAIN)) for (const letter of letters[kind]) plainLetters.set(letter, plain);
  rules = all.map((rule) => ({
    pattern: new RegExp(sourceOf(rule, parts), "gu"),
    isMoney: "catch" in rule,
    cased: Boolean(rule.cased),
  }));
  // A pattern is compiled when it is first run, which should not be when the broker taps «Registrer avtale».
  setTimeout(() => findMoney("Kaffe"), WARM_UP_AFTER);
}

/** The words of `text` that speak of payment, as written, in the order of the text, each once. */
export function findMoney(text) {
  const { plain, asWritten } = read(text);
  const found = [];
  let left = plain;
  let small = smallOf(plain);
  for (const { pattern, isMoney, cased } of rules) {
    for (const [start, end] of spansOf(pattern, cased ? left : small)) {
      left = taken(left, start, end);
      small = taken(small, start, end);
      if (isMoney) found.push([start, end]);
    }
  }
  found.sort(([a], [b]) => a - b);
  const words = new Map();
  for (const [start, end] of found) {
    const word = asWritten(start, end);
    if (!words.has(smallOf(word))) words.set(smallOf(word), word);
  }
  return [...words.values()];
}

/** Whole words, unless the rule is open at its end; `<name>` stands for a part. */
function sourceOf(rule, parts) {
  let source = `(^|[^<l>])(?:${(rule.catch ?? rule.skip).join("|")})${rule.open ? "" : "<e>"}`;
  while (source.includes("<")) source = source.replace(/<([a-z0-9_]+)>/g, (_whole, name) => parts[name]);
  return source;
}

/** The text in one spelling (widths, blanks and dashes alike), and the way back from its places to what was written. */
function read(text) {
  let plain = "";
  const places = [];
  for (const match of text.matchAll(LETTER)) {
    let letters = "";
    for (const letter of match[0].normalize("NFKC")) letters += plainLetters.get(letter) ?? letter;
    if (plain.endsWith(" ")) letters = letters.replace(/^ +/, "");
    plain += letters;
    const place = [match.index, match.index + match[0].length];
    for (let count = letters.length; count > 0; count -= 1) places.push(place);
  }
  return { plain, asWritten: (start, end) => trimmed(text.slice(places[start][0], places[end - 1][1])) };
}

function spansOf(pattern, text) {
  return Array.from(text.matchAll(pattern), (match) => [
    match.index + match[1].length,
    match.index + match[0].length,
  ]);
}

function taken(text, start, end) {
  return text.slice(0, start) + TAKEN.repeat(end - start) + text.slice(end);
}

function smallOf(text) {
  return text.replace(CAPITALS, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
}

/** Python and JavaScript differ in what they trim; these are the ends a match can have. */
function trimmed(text) {
  return text.replace(/^ +| +$/g, "");
}
