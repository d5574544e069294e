/* The parties of the form together: how many there are, and what tapping an offer or a need means.

   A party's offer is what that party gives. A party's need is met by someone else: by the first of the others that
   does not give anything yet, otherwise by the first of the others. */

import { Party } from "./party.js";
import { say } from "./words.js";

export class Parties extends EventTarget {
  #root;
  #template;
  #limits;
  #parts;
  #list;

  constructor(root, { template, least, most, ...parts }) {
    super();
    this.#root = root;
    this.#template = template;
    this.#limits = { least, most };
    this.#parts = parts;
    this.#list = [...root.querySelectorAll("[data-party]")].map((card) => this.#mount(card));
    this.#renumber();
  }

  get all() {
    return this.#list;
  }

  get canGrow() {
    return this.#list.length < this.#limits.most;
  }

  add(values) {
    const number = Date.now().toString(36) + this.#list.length;
    const holder = document.createElement("div");
    holder.innerHTML = this.#template.innerHTML.replaceAll("__prefix__", number);
    const card = holder.querySelector("[data-party]");
    this.#list.at(-1).root.after(card);
    const party = this.#mount(card);
    this.#list.push(party);
    party.fill(values);
    this.#renumber();
    return party;
  }

  remove(party) {
    this.#list = this.#list.filter((other) => other !== party);
    party.root.remove();
    this.#renumber();
    this.#onChosen();
  }

  #onRemoved(party) {
    this.remove(party);
    // The button that had focus is gone with the card.
    this.dispatchEvent(new Event("removed"));
  }

  values() {
    return this.#list.map((party) => party.values());
  }

  fill(rows) {
    while (this.#list.length > Math.max(rows.length, this.#limits.least)) this.remove(this.#list.at(-1));
    this.#list.forEach((party, index) => party.fill(rows[index]));
    for (const row of rows.slice(this.#list.length)) this.add(row);
    this.press();
  }

  /** Everything that the server would say of the parties, as [field name, text]. */
  *errors() {
    const seen = new Set();
    for (const [index, party] of this.#list.entries()) {
      const field = `parties-${index}-participant`;
      const { participant } = party;
      if (!participant && index >= this.#limits.least && !party.isBlank) {
        yield [field, say("choose_or_clear", { n: index + 1 })];
      } else if (!participant && index < this.#limits.least) {
        yield [field, party.whyUnchosen()];
      } else if (participant && seen.has(participant.key)) {
        yield [field, say("same_twice", { name: participant.name })];
      }
      if (participant) seen.add(participant.key);
    }
    if (!this.#list.some((party) => party.get("gives").trim())) yield ["parties-0-gives", say("give_something")];
  }

  /** Let the chips show what the form holds. */
  press() {
    const ids = new Set(this.#list.flatMap((party) => [party.get("offer"), party.get("need")]).filter(Boolean));
    for (const party of this.#list) party.press(ids);
  }

  #mount(card) {
    const party = new Party(card, this.#parts);
    party.addEventListener("tapped", (event) => this.#onTapped(party, event.detail));
    party.addEventListener("removed", () => this.#onRemoved(party));
    party.addEventListener("shown", () => this.#onShown());
    party.addEventListener("chosen", () => this.#onChosen());
    party.addEventListener("picked", () => this.#goOn());
    party.addEventListener("noted", () => this.#changed());
    return party;
  }

  /** A name has come to what the form holds; nothing that is kept has changed. */
  #onShown() {
    if (!this.#list) return;
    this.press();
    this.dispatchEvent(new Event("named"));
  }

  /** Put a participant in the first empty card, unless it has one, and tap what it offers or needs; false where every
      card is taken. */
  bring(entry, kind, resource) {
    const card = this.#list.find((party) => party.participant?.id === entry.id) ?? this.#list.find((party) => party.isUnnamed);
    if (!card) return false;
    if (!card.participant) card.choose(entry);
    if (!this.holds(resource.id)) this.#onTapped(card, { kind, resource, pressed: true });
    return true;
  }

  /** Whether this offer or need is down on one of the cards. */
  holds(id) {
    return this.#list.some((party) => [party.get("offer"), party.get("need")].includes(String(id)));
  }

  /** The offers and needs that are down, in the order of the cards. */
  get tapped() {
    const all = this.#list.flatMap(({ participant }) => [...(participant?.offers ?? []), ...(participant?.needs ?? [])]);
    return all.filter((resource) => this.holds(resource.id));
  }

  /** From a party that has been chosen to the next that hasn't, and then to what they offer and need. */
  #goOn() {
    const next = this.#list.find((party) => party.isUnnamed);
    if (next) next.open();
    else this.#list[0].focusChips();
  }

  #renumber() {
    this.#list.forEach((party, index) => party.place(index, { removable: index >= this.#limits.least }));
    this.#root.dataset.count = this.#list.length;
    this.dispatchEvent(new Event("counted"));
  }

  /** A need belongs to a party that stands in the agreement; when that one is changed, so is what it was given. */
  #onChosen() {
    for (const party of this.#list.filter((one) => one.get("need"))) {
      const others = this.#list.filter((other) => other !== party).flatMap((other) => other.participant?.needs ?? []);
      if (!others.some((need) => String(need.id) === party.get("need"))) this.#letGo(party, "need");
    }
    this.press();
    this.#changed();
  }

  #onTapped(owner, { kind, resource, pressed }) {
    const field = kind === "offers" ? "offer" : "need";
    const id = String(resource.id);
    const giver = kind === "offers" ? owner : this.#giverOf(owner, id, pressed);
    if (pressed) {
      giver.suggest(field, resource.title);
      giver.set(field, id);
      giver.clearErrors("gives");
    } else {
      this.#letGo(giver, field);
    }
    this.press();
    this.dispatchEvent(new CustomEvent("resource", { detail: { resource, pressed } }));
    this.#changed();
  }

  /** What was tapped for `field` counts no longer; what else is down on the card gives the text instead. */
  #letGo(party, field) {
    party.takeBack(field);
    const rest = field === "offer" ? "need" : "offer";
    const left = this.tapped.find((resource) => String(resource.id) === party.get(rest));
    if (left) party.suggest(rest, left.title);
  }

  #giverOf(owner, id, pressed) {
    const others = this.#list.filter((party) => party !== owner);
    if (!pressed) return this.#list.find((party) => party.get("need") === id) ?? others[0];
    return others.find((party) => !party.get("gives").trim()) ?? others[0];
  }

  #changed() {
    this.dispatchEvent(new Event("changed"));
  }
}
