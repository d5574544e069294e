/* The form's key has already given an agreement with other content: both, side by side, above the form. */

import { make, say } from "./words.js";

export function quarrel(form, { mine, theirs }) {
  const box = make(
    "div",
    { class: "ds-alert", "data-color": "warning", role: "alert", tabindex: "-1" },
    make("p", {}, make("a", { href: theirs.url }, say("conflict", { n: theirs.number }))),
    make(
      "div",
      { class: "conflict" },
      side(say("conflict_mine"), mine),
      side(say("conflict_theirs", { n: theirs.number }), theirs),
    ),
  );
  form.querySelector('[data-error="__all__"]').replaceChildren(box);
  box.focus();
}

/** Much the same was registered at another tablet: a question above the form, and what each answer does. */
export function doubt(form, theirs, { another, same }) {
  const buttons = make("p", { class: "row" });
  for (const [text, variant, action] of [["double_no", "primary", another], ["double_yes", "secondary", same]]) {
    const button = make("button", { type: "button", class: "ds-button", "data-color": "accent", "data-variant": variant }, say(text));
    button.addEventListener("click", action);
    buttons.append(button);
  }
  const box = make(
    "div",
    { class: "ds-alert", "data-color": "warning", role: "alert", tabindex: "-1" },
    side(say("double", { n: theirs.number }), theirs),
    buttons,
  );
  form.querySelector('[data-error="__all__"]').replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
  box.focus();
}

function side(title, content) {
  const rows = content.parties.map((party) => make("li", { dir: "auto" }, `${party.name}: ${party.gives || "–"}`));
  return make("section", {}, make("h2", {}, title), make("p", {}, content.summary), make("ul", {}, ...rows));
}
