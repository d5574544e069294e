/* The broker's page: puts the parts together. */

import { allowClearing } from "./clearing.js";
import { Clock } from "./clock.js";
import { agreementForm } from "./form.js";
import { Link } from "./link.js";
import { followOnLowScreen } from "./low_screen.js";
import { closeByItself } from "./menu.js";
import { Receipt } from "./receipt.js";
import { Registering } from "./registering.js";
import { Room } from "./room.js";
import { walkByEnter } from "./steps.js";
import { surround } from "./surroundings.js";
import { Together } from "./together.js";
import { useTexts } from "./words.js";

const byId = (id) => document.getElementById(id);
const config = JSON.parse(byId("broker-config").textContent);
useTexts(config.texts);

const link = new Link(config.urls.status, config.status);
const { form, symbols, directory, parties, entry } = agreementForm(config);
const receipt = new Receipt(byId("receipt"), document.querySelector(".desk"), symbols);
const clock = new Clock(link, { clock: byId("clock"), label: byId("clock-label"), sentence: byId("hour") });
const together = config.readsTogether ? new Together(byId("together")) : null;
const clearing = allowClearing(byId("clear"), { entry, said: byId("cleared") });
const registering = new Registering({
  form, button: byId("send"), entry, clearing, parties, directory, link, clock, receipt, together,
}); // prettier-ignore

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.id === "add-party") addParty();
  else registering.register();
});
byId("add-details").addEventListener("click", () => entry.toggleDetails());
byId("again").addEventListener("click", () => registering.startNext());
parties.addEventListener("removed", () => byId("add-party").focus());
parties.addEventListener("counted", () => (byId("add-party").hidden = !parties.canGrow));

function addParty() {
  if (parties.canGrow) parties.add().open();
}

walkByEnter(form, { parties, entry, send: () => registering.register() });
closeByItself(document.querySelector(".bar__more"));
followOnLowScreen(form);
new Room(parties, entry);
directory.start();
surround({ config, link, clock, entry, clearing, parties, directory, symbols, receipt, registering });
