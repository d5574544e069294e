/* One party's card: who it is, what it offers and needs, and what it gives in this agreement. */

import { Chips } from "./chips.js";
import { Combobox } from "./combobox.js";
import { Contacts } from "./contacts.js";
import { showCount } from "./counting.js";
import { WalkIn } from "./walk_in.js";
import { lengthOf, make, say } from "./words.js";

const NAMES = ["participant", "gives", "contact", "offer", "need"];
const WALK_IN = ["key", "name", "sector", "contact"];

export class Party extends EventTarget {
  #root;
  #directory;
  #symbols;
  #combobox;
  #chips;
  #contacts;
  #walkIn;
  #fields = {};
  #index = 0;
  // What a tap wrote in «gir», as long as nobody has changed it, and whether an offer or a need was tapped.
  #suggested = "";
  #suggestedBy = "";

  constructor(root, { directory, symbols, walkInTemplate }) {
    super();
    this.#root = root;
    this.#directory = directory;
    this.#symbols = symbols;
    for (const name of NAMES) this.#fields[name] = root.querySelector(`[data-field="${name}"]`);
    for (const name of WALK_IN) this.#fields[`walkin_${name}`] = root.querySelector(`[data-field="walkin_${name}"]`);
    this.#fields.participant.disabled = false;
    this.#combobox = new Combobox(root.querySelector("[data-combobox]"), directory, symbols);
    this.#chips = new Chips(root.querySelector("[data-chips]"), symbols);
    this.#contacts = new Contacts(root.querySelector("[data-contacts]"));
    this.#walkIn = new WalkIn(root, { template: walkInTemplate, directory });
    this.#listen();
    this.#catchUp();
  }

  get root() {
    return this.#root;
  }

  get chips() {
    return this.#chips;
  }

  get participant() {
    return this.#combobox.chosen;
  }

  /** Whether nobody is chosen, and nothing typed to choose by. */
  get isUnnamed() {
    return !this.participant && !this.#combobox.text && !this.#walkIn.isOpen;
  }

  get isBlank() {
    return !this.participant && !this.#combobox.text && !this.#fields.gives.value.trim();
  }

  get(name) {
    return this.#fields[name].value;
  }

  set(name, value) {
    this.#fields[name].value = value;
    if (name === "gives") this.#checkGives();
  }

  /** Write `text` in «gir», where nothing is written but what a tap wrote there for the same `field`. */
  suggest(field, text) {
    if (this.get("gives").trim() && !this.#isSuggestedBy(field)) return;
    this.set("gives", text);
    this.#suggested = text.trim();
    this.#suggestedBy = field;
  }

  /** Take back what was tapped for `field`, and its text too, unless someone has written on it. */
  takeBack(field) {
    if (this.#isSuggestedBy(field)) this.set("gives", "");
    this.set(field, "");
  }

  #isSuggestedBy(field) {
    return this.#suggestedBy === field && Boolean(this.#suggested) && this.get("gives").trim() === this.#suggested;
  }

  /** The card's place in the form, from 0: field names, ids and labels follow it. */
  place(index, { removable }) {
    this.#index = index;
    for (const [name, field] of Object.entries(this.#fields)) field.name = `parties-${index}-${name}`;
    for (const [label, element] of this.#labels()) element.textContent = say(label, { n: index + 1 });
    this.#root.querySelector("[data-remove]").hidden = !removable;
  }

  values() {
    const fields = Object.keys(this.#fields).map((name) => [name, this.get(name)]);
    return {
      ...Object.fromEntries(fields),
      typed: this.#combobox.text,
      suggested: this.#suggested,
      suggestedBy: this.#suggestedBy,
      panel: this.#walkIn.values(),
    };
  }

  /** Fill the card with `values()` from before, or with nothing. */
  fill(values = {}) {
    this.#walkIn.close();
    for (const [name, field] of Object.entries(this.#fields)) field.value = values[name] ?? "";
    this.#suggested = values.suggested ?? "";
    this.#suggestedBy = values.suggestedBy ?? "";
    this.clearErrors();
    this.#combobox.set(this.#named(), values.typed ?? "");
    this.#holdParticipant();
    this.#show();
    this.#checkGives();
    if (values.panel) this.#walkIn.restore(values.panel);
  }

  press(ids) {
    this.#chips.press(ids);
  }

  /** Stand where the party is chosen, with the list open. */
  open() {
    this.#combobox.open();
  }

  focus() {
    this.#combobox.input.focus();
  }

  /** A new participant that only lacks the last tap is taken as it stands. */
  finishWalkIn() {
    this.#walkIn.finishIfWhole();
  }

  /** Stand at the offers and needs, so that the keyboard on the screen goes away from over them. */
  focusChips() {
    if (this.participant) this.#root.querySelector("[data-chips]").focus({ preventScroll: true });
    else this.focus();
  }

  whyUnchosen() {
    const text = this.#combobox.text;
    if (this.#walkIn.isOpen) return say("walkin_unfinished");
    if (!text) return say("choose_party", { n: this.#index + 1 });
    if (!this.#directory.hasList) return say("no_list");
    return say(this.#directory.search(text).length ? "unchosen" : "unknown", { text });
  }

  sayError(name, text) {
    if (name === "participant" && this.#walkIn.isOpen) {
      this.#walkIn.insist();
      return;
    }
    // What has no place of its own on the card is said where it was tapped.
    const shown = name === "participant" ? name : "gives";
    this.#root.querySelector(`[data-error="${shown}"]`).replaceChildren(message(text));
    this.control(shown).setAttribute("aria-invalid", "true");
  }

  clearErrors(...names) {
    for (const name of names.length ? names : ["participant", "gives"]) {
      this.#root.querySelector(`[data-error="${name}"]`).replaceChildren();
      this.control(name).removeAttribute("aria-invalid");
    }
  }

  control(name) {
    return name === "participant" ? this.#combobox.input : this.#fields.gives;
  }

  #listen() {
    this.#combobox.addEventListener("chosen", () => this.#onChosen());
    this.#combobox.addEventListener("picked", () => this.#tell("picked"));
    this.#combobox.addEventListener("unchosen", () => this.#onUnchosen());
    this.#combobox.addEventListener("new", () => this.#walkIn.open(this.#combobox.text));
    this.#combobox.input.addEventListener("input", () => this.clearErrors("participant"));
    this.#walkIn.addEventListener("made", (event) => this.#take(this.#directory.adopt(event.detail)));
    this.#walkIn.addEventListener("meant", (event) => this.#take(event.detail));
    this.#walkIn.addEventListener("cancelled", () => this.focus());
    this.#walkIn.addEventListener("changed", () => this.#tell("noted"));
    this.#chips.addEventListener("tapped", (event) => this.#tell("tapped", event.detail));
    this.#contacts.addEventListener("tapped", (event) => this.#onContact(event.detail));
    this.#fields.gives.addEventListener("input", () => this.#checkGives());
    this.#root.querySelector("[data-remove]").addEventListener("click", () => this.#tell("removed"));
    this.#directory.addEventListener("changed", () => this.#catchUp());
  }

  #labels() {
    return [...this.#root.querySelectorAll("[data-label]")].map((element) => [element.dataset.label, element]);
  }

  /** Who the fields mean, or null: someone on the list, or the walk-in that they bring along. */
  #named() {
    const walkIn = Object.fromEntries(WALK_IN.map((name) => [name, this.get(`walkin_${name}`)]));
    const known = this.#directory.find(this.get("participant"));
    return known ?? (walkIn.key && walkIn.name ? this.#directory.adopt(walkIn) : null);
  }

  /** Let the fields say who is chosen: an id, or all that is known of a walk-in. */
  #holdParticipant() {
    const entry = this.participant;
    if (!entry) return;
    this.#fields.participant.value = entry.walkIn ? "" : entry.id;
    for (const name of WALK_IN) this.#fields[`walkin_${name}`].value = entry.walkIn?.[name] ?? "";
  }

  /** As if it had been chosen in the list. */
  choose(entry) {
    this.#combobox.choose(entry);
  }

  #take(entry) {
    this.#combobox.choose(entry);
    this.#tell("picked");
  }

  #onUnchosen() {
    // Somebody has gone on to the panel that the list opened.
    if (!this.#walkIn.isOpen) this.sayError("participant", this.whyUnchosen());
  }

  #onChosen() {
    this.#fields.participant.value = "";
    for (const name of WALK_IN) this.#fields[`walkin_${name}`].value = "";
    this.#holdParticipant();
    this.takeBack("offer");
    this.#fields.contact.value = "";
    this.clearErrors("participant");
    this.#show();
    this.#tell("chosen");
  }

  #onContact(id) {
    this.set("contact", id);
    this.#contacts.press(id);
    this.#tell("noted");
  }

  /** The list has arrived or is new: what the form holds may have a name now, a walk-in a place on the list, and who is
      chosen another contact or need. */
  #catchUp() {
    if (!this.participant || this.participant.walkIn) {
      const named = this.#named();
      if (named) this.#combobox.set(named);
      this.#holdParticipant();
    } else {
      this.#combobox.renew(this.#directory.find(this.participant.key) ?? this.participant);
    }
    const isTold = this.control("participant").getAttribute("aria-invalid") === "true";
    if (isTold && !this.participant && this.#combobox.text) this.#onUnchosen();
    this.#show();
    this.#tell("shown");
  }

  #show() {
    const entry = this.participant;
    if (entry) this.#root.dataset.sector = entry.sector;
    else delete this.#root.dataset.sector;
    const fresh = entry?.walkIn ? [make("span", { class: "party__new" }, say("new_here"))] : [];
    const plates = entry ? [...fresh, this.#symbols.plate(entry.sector, { word: true })] : [];
    this.#root.querySelector("[data-plate]").replaceChildren(...plates);
    const place = this.#root.querySelector("[data-chips]");
    if (entry) place.setAttribute("aria-label", say("chips_of", { name: entry.name }));
    else place.removeAttribute("aria-label");
    this.#chips.show(entry);
    this.#contacts.show(entry);
    this.#contacts.press(this.get("contact"));
  }

  #checkGives() {
    const { gives } = this.#fields;
    const limit = Number(gives.dataset.limit);
    const over = lengthOf(gives.value) - limit;
    showCount(this.#root.querySelector("[data-count]"), gives);
    if (over > 0) this.sayError("gives", say("too_long", { over, limit }));
    else this.clearErrors("gives");
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export function message(text) {
  return make("p", { class: "ds-validation-message" }, text);
}
