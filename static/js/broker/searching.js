/* How a participant is found: by part of any word in its name, in a contact's name or in where it stands in the room.

   The texts are folded once, when the list arrives; a key costs a handful of `includes` for each participant. */

const KEEP_MARKS = new Set(["å", "ä", "ö", "ø", "æ"]);
// «Kari fra speiderne»: words that tie the others together say nothing about who is meant.
const STOP_WORDS = new Set(["fra", "i", "hos", "på", "og", "for", "med", "av", "til", "ved", "frå", "from", "at", "of"]);
// «speiderne» also means «Speidergruppe»: the definite endings, where enough of the word is left.
const ENDING = /(?:ene|ane|ne|en|et|er|a|e)$/;
const LEAST_STEM = 4;
// Legal forms that people leave out.
const FORMS = /(?: (?:as|asa|sa|ans|da|enk|ba|nuf|kf))+$/;

/** Small letters without accents, so that «kafe» finds «Kafé»; the Norwegian letters stay letters of their own. */
export function folded(text) {
  const plain = Array.from(text.normalize("NFC").toLowerCase(), (letter) =>
    KEEP_MARKS.has(letter) ? letter : letter.normalize("NFD").replace(/\p{M}/gu, ""),
  );
  return plain.join("").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** What a search looks at in an entry; a space before each word, so that the start of a word can be seen. */
export function indexed(entry) {
  const people = entry.contacts.map((contact) => contact.name);
  const index = { name: ` ${folded(entry.name)}`, people: ` ${people.map(folded).join(" ")}`, where: ` ${folded(entry.where)}` };
  return { ...entry, people, folded: index.name.slice(1), index };
}

/** The words of a search; ties between them count only when there is nothing else. */
export function wordsOf(text) {
  const words = folded(text).split(" ").filter(Boolean);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return telling.length ? telling : words;
}

/** How well an entry fits all the words, or 0. */
export function fit(entry, words, { loose = false } = {}) {
  let sum = 0;
  for (const word of words) {
    const points = pointsOf(entry.index, word) || (loose ? pointsOfStem(entry.index, word) : 0);
    if (!points) return 0;
    sum += points;
  }
  return sum;
}

function pointsOf({ name, people, where }, word) {
  const start = ` ${word}`;
  if (name.startsWith(start)) return 7;
  if (name.includes(start)) return 6;
  if (people.includes(start)) return 5;
  if (name.includes(word)) return 4;
  if (where.includes(start)) return 3;
  return people.includes(word) || where.includes(word) ? 2 : 0;
}

function pointsOfStem({ name, people }, word) {
  const stem = word.replace(ENDING, "");
  return stem.length >= LEAST_STEM && (name.includes(` ${stem}`) || people.includes(` ${stem}`)) ? 1 : 0;
}

/** The contacts that made the entry a hit, when its name alone did not. */
export function peopleFound(entry, words) {
  const others = words.filter((word) => !entry.index.name.includes(word));
  return entry.people.filter((person) => others.some((word) => folded(person).includes(word)));
}

/** Whether two names are probably of the same: equal but for a legal form, or a slip of the finger or two. */
export function isAlmost(one, other) {
  const [a, b] = [one, other].map((name) => name.replace(FORMS, "").replaceAll(" ", ""));
  if (!a || !b) return false;
  if (a === b) return true;
  const most = Math.min(a.length, b.length) < 8 ? 1 : 2;
  return Math.min(a.length, b.length) > 3 && Math.abs(a.length - b.length) <= most && distance(a, b, most) <= most;
}

/** The number of letters to change, put in or take out, as far as `most`. */
function distance(a, b, most) {
  let row = Array.from({ length: b.length + 1 }, (_cell, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[b.length];
}
