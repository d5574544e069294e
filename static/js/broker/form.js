/* The agreement form itself, the same on the broker's page and where an agreement is corrected. */

import { Directory } from "./directory.js";
import { Entry } from "./entry.js";
import { findMoney, useMoney } from "./money.js";
import { Parties } from "./parties.js";
import { Recent } from "./recent.js";
import { Shelf } from "./shelf.js";
import { Symbols } from "./symbols.js";
import { allowUnticking } from "./untick.js";

const byId = (id) => document.getElementById(id);

/** Bring the form on the page to life; `config` is what the server says of it (`page_config` in views/broker.py). */
export function agreementForm(config) {
  useMoney(config.money);
  const symbols = new Symbols();
  const directory = new Directory(config.urls.participants, {
    kept: config.kept,
    shelf: new Shelf(config.slug),
    recent: new Recent(config.slug, config.status.user.id),
  });
  const parties = new Parties(byId("parties"), {
    template: byId("party-template"),
    walkInTemplate: byId("walk-in-template"),
    least: config.leastParties,
    most: config.mostParties,
    directory,
    symbols,
  });
  const form = byId("entry");
  const entry = new Entry(form, parties, { findMoney });
  allowUnticking(form);
  // What a test waits for before it takes the network away.
  directory.addEventListener("changed", () => form.toggleAttribute("data-has-list", directory.hasList));
  return { form, symbols, directory, parties, entry };
}
