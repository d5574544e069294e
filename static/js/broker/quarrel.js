/* What must be decided before an agreement can be registered: shown above the form, with a button for each answer. */

import { make, say } from "./words.js";

/** The form's key has already given an agreement with other content: both, side by side. `mine` sends what stands in the
    form as an agreement of its own, `theirs` lets it go. */
export function quarrel(form, found, choices) {
  put(form, [make("p", {}, alreadyThere(found.theirs)), bothSides(found), answers([
    [say("keep_theirs", { n: found.theirs.number }), choices.theirs],
    [say("send_mine"), choices.mine],
  ])]);
}

/** Much the same was registered at another tablet: a question, and what each answer does. */
export function doubt(form, theirs, { another, same }) {
  put(form, [side(say("double", { n: theirs.number }), theirs), answers([
    [say("double_no"), another],
    [say("double_yes"), same],
  ])]);
}

/** Any question with two answers, each [text, what it does]; the first is the likely one. */
export function ask(form, question, { yes, no }) {
  put(form, [make("h2", {}, question), answers([yes, no])]);
}

/** That there is an agreement with this key, as a link to it. */
export function alreadyThere(theirs) {
  return make("a", { href: theirs.url }, say("conflict", { n: theirs.number }));
}

/** What was written here and what is registered, in one element. */
export function bothSides({ mine, theirs }) {
  return make(
    "div",
    { class: "conflict" },
    side(say("conflict_mine"), mine),
    side(say("conflict_theirs", { n: theirs.number }), theirs),
  );
}

/** A row of the queue in the shape in which the server tells of an agreement. */
export function inWords(row) {
  const parties = row.parties.map((party) => ({ name: party.typed || party.walkin_name, gives: party.gives }));
  return { summary: row.summary || parties.find((party) => party.gives)?.gives || "", parties };
}

function put(form, content) {
  const box = make("div", { class: "ds-alert", "data-color": "warning", role: "alert", tabindex: "-1" }, ...content);
  form.querySelector('[data-error="__all__"]').replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
  box.focus();
}

function answers(choices) {
  const buttons = choices.map(([text, action], index) => {
    const variant = index ? "secondary" : "primary";
    const button = make("button", { type: "button", class: "ds-button", "data-color": "accent", "data-variant": variant }, text);
    button.addEventListener("click", action);
    return button;
  });
  return make("p", { class: "row" }, ...buttons);
}

function side(title, content) {
  const rows = content.parties.map((party) => make("li", { dir: "auto" }, `${party.name}: ${party.gives || "–"}`));
  return make("section", {}, make("h2", {}, title), make("p", {}, content.summary), make("ul", {}, ...rows));
}
