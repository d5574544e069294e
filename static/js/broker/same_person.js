/* Whether one person speaks for more than one of the parties: a question to the broker, not an error. */

import { folded } from "./searching.js";

/** The name of who does, or null: the contacts that are chosen, or the only one that a party has. */
export function samePerson(parties) {
  const seen = new Set();
  for (const party of parties) {
    const name = personOf(party);
    const mark = name && folded(name);
    if (!mark) continue;
    if (seen.has(mark)) return name;
    seen.add(mark);
  }
  return null;
}

function personOf(party) {
  const contacts = party.participant?.contacts ?? [];
  const chosen = contacts.find((contact) => String(contact.id) === party.get("contact"));
  return (chosen ?? (contacts.length === 1 ? contacts[0] : null))?.name;
}
