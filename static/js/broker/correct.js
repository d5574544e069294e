/* Where an agreement is corrected: the broker's cards in a form that is sent as a plain form. */

import { Directory } from "./directory.js";
import { Entry } from "./entry.js";
import { Parties } from "./parties.js";
import { Symbols } from "./symbols.js";
import { useTexts } from "./words.js";

const byId = (id) => document.getElementById(id);
const config = JSON.parse(byId("broker-config").textContent);
useTexts(config.texts);

const form = byId("entry");
const directory = new Directory(config.urls.participants, config.kept);
const parties = new Parties(byId("parties"), {
  template: byId("party-template"),
  least: config.leastParties,
  most: config.mostParties,
  directory,
  symbols: new Symbols(),
});
const entry = new Entry(form, parties);

parties.addEventListener("counted", count);
form.addEventListener("submit", (event) => {
  if (event.submitter?.id === "add-party") {
    event.preventDefault();
    if (parties.canGrow) parties.add().focus();
    return;
  }
  const errors = entry.errors();
  if (!Object.keys(errors).length) return;
  event.preventDefault();
  entry.sayErrors(errors);
}, { capture: true });

function count() {
  form.elements["parties-TOTAL_FORMS"].value = parties.all.length;
  byId("add-party").hidden = !parties.canGrow;
}

count();
directory.refresh();
