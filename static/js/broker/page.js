/* The broker's page: puts the parts together and follows one agreement after the other through them. */

import { Clock } from "./clock.js";
import { Connection } from "./connection.js";
import { Directory } from "./directory.js";
import { Draft } from "./draft.js";
import { Entry } from "./entry.js";
import { newKey } from "./key.js";
import { Latest } from "./latest.js";
import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { Parties } from "./parties.js";
import { doubt, quarrel } from "./quarrel.js";
import { Receipt } from "./receipt.js";
import { Store } from "./store.js";
import { Symbols } from "./symbols.js";
import { say, useTexts } from "./words.js";

const DRAIN_EVERY = 15_000;
const byId = (id) => document.getElementById(id);
const config = JSON.parse(byId("broker-config").textContent);
useTexts(config.texts);

const symbols = new Symbols();
const directory = new Directory(config.urls.participants);
const link = new Link(config.urls.status, config.status);
const parties = new Parties(byId("parties"), {
  template: byId("party-template"),
  least: config.leastParties,
  most: config.mostParties,
  directory,
  symbols,
});
const entry = new Entry(byId("entry"), parties);
const receipt = new Receipt(byId("receipt"), document.querySelector(".desk"), symbols);
const latest = new Latest(byId("latest"), byId("latest-note"));
const clock = new Clock(link, { clock: byId("clock"), label: byId("clock-label"), sentence: byId("hour") });
const button = byId("send");

// Listening before anything is waited for: nothing may be sent as a plain form, or typed and not kept.
let ready;
const whenReady = new Promise((resolve) => (ready = resolve));
let sending = false;

byId("entry").addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.id === "add-party") addParty();
  else register();
});
byId("entry").addEventListener("keydown", (event) => {
  // Enter in a text field must not send half an agreement; Ctrl+Enter and the button do.
  if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
  event.preventDefault();
  if (event.ctrlKey || event.metaKey) register();
});
byId("add-details").addEventListener("click", () => entry.toggleDetails());
byId("again").addEventListener("click", () => startNext());
parties.addEventListener("counted", () => (byId("add-party").hidden = !parties.canGrow));

function addParty() {
  if (parties.canGrow) parties.add().focus();
}

function startNext() {
  receipt.hide();
  entry.startAfresh();
  entry.focus();
}

async function register({ confirmed = false } = {}) {
  if (sending) return;
  const errors = entry.errors();
  if (Object.keys(errors).length) {
    entry.sayErrors(errors);
    return;
  }
  sending = true;
  button.setAttribute("aria-busy", "true");
  const label = button.textContent;
  button.textContent = say("sending");
  try {
    await finish(await whenReady, confirmed);
  } finally {
    sending = false;
    button.removeAttribute("aria-busy");
    button.textContent = label;
  }
}

/** Keep it, send it, and show what came of it. */
async function finish({ outbox, draft }, confirmed) {
  const values = entry.values();
  const filled = parties.all.filter((party) => party.participant);
  const told = filled.map((party) => ({ participant: party.participant, gives: party.get("gives").trim() }));
  const madeAt = new Date(link.now()).toISOString();
  const row = { ...values, parties: filled.map((party) => party.values()), madeAt, user: link.user, confirmed };
  const answer = await outbox.sendNow(row);
  if (answer.is === "refused") {
    entry.sayErrors(atTheirCards(answer.errors));
  } else if (answer.is === "conflict") {
    entry.fill({ ...values, key: newKey() });
    quarrel(byId("entry"), answer);
  } else if (answer.is === "ask") {
    entry.clearErrors();
    doubt(byId("entry"), answer.ask, { another: () => register({ confirmed: true }), same: startNext });
  } else if (isOutsideTheHour(answer)) {
    await outbox.drop(row.key);
    entry.sayErrors({ __all__: [say(clock.phase()), say("no_answer")] });
  } else {
    await draft.clear();
    receipt.show(told, answer.is === "done" ? answer : null);
    entry.startAfresh();
  }
  link.refresh();
}

/** Without an answer, what the server would not have taken is said now, while the parties stand there. */
function isOutsideTheHour(answer) {
  return answer.is === "later" && ["before", "over"].includes(clock.phase());
}

/** The server counts only the cards that were sent; the page also has empty ones. */
function atTheirCards(errors) {
  const places = parties.all.map((party, index) => [party, index]).filter(([party]) => party.participant);
  const moved = Object.entries(errors).map(([field, texts]) => [
    field.replace(/^parties-(\d+)-/, (whole, index) => (places[index] ? `parties-${places[index][1]}-` : whole)),
    texts,
  ]);
  return Object.fromEntries(moved);
}

async function start() {
  const store = await Store.open(config.slug);
  const outbox = new Outbox(store, config.urls.create, link);
  const draft = new Draft(store, entry, () => link.user);
  const connection = new Connection(byId("connection"), { link, outbox, store, loginUrl: config.urls.login });
  const showLatest = () => latest.show(link.status.latest, outbox.rows.filter((row) => row.user === link.user && row.state !== "new"));

  outbox.addEventListener("changed", () => (connection.show(), showLatest()));
  link.addEventListener("changed", () => {
    connection.show();
    showLatest();
    clock.tick();
    directory.noteVersion(link.status.feed_version);
  });
  latest.addEventListener("back", async (event) => {
    receipt.hide();
    entry.fill(event.detail);
    await draft.keep();
    await outbox.drop(event.detail.key);
  });
  await outbox.load();
  await draft.restore(outbox);
  ready({ outbox, draft });
  connection.show();
  showLatest();
  link.start();
  const drain = () => outbox.drain();
  window.addEventListener("online", drain);
  window.addEventListener("pageshow", drain);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && drain());
  setInterval(drain, DRAIN_EVERY);
  drain();
}

directory.refresh();
start();
