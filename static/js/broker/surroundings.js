/* What stands around the form on the broker's page: the queue and its sentence, the latest, the market, help and practice.

   The queue is sent at every sign of a network, after every successful request, and by a timer; whether there is one is
   decided by a real request with a timeout. */

import { Connection } from "./connection.js";
import { Draft } from "./draft.js";
import { Help } from "./help.js";
import { newKey } from "./key.js";
import { Latest } from "./latest.js";
import { Market } from "./market.js";
import { Needs } from "./needs.js";
import { Outbox } from "./outbox.js";
import { Practice } from "./practice.js";
import { Side } from "./side.js";
import { Star } from "./star.js";
import { Store } from "./store.js";
import { Tabs } from "./tabs.js";
import { say } from "./words.js";

const DRAIN_EVERY = 15_000;
const byId = (id) => document.getElementById(id);

/** `desk`: config, link, clock, entry, parties, directory, symbols, receipt, registering. */
export async function surround(desk) {
  const { config, link, clock, entry, clearing, directory, receipt, registering } = desk;
  const side = new Side(byId("side"));
  const market = startMarket(desk, side);
  const practice = new Practice({
    band: byId("practice"), participants: config.practice, directory, entry, clearing, receipt, registering, market,
  }); // prettier-ignore
  new Help({ button: byId("help"), note: byId("help-note") }, link, config.urls.help);

  const store = await Store.open(config.slug);
  const outbox = new Outbox(store, config.urls, link, new Tabs(`borsen-${config.slug}`));
  const draft = new Draft(store, entry, link.user);
  const connection = new Connection(byId("connection"), {
    link, outbox, store, loginUrl: config.urls.login, isPractising: () => practice.isOn,
  }); // prettier-ignore
  const latest = startLatest({ ...desk, outbox, draft, side, practice });

  const show = () => {
    connection.show();
    latest();
  };
  link.waiting = () => outbox.rows.length;
  link.isUrgent = () => outbox.of(link.user, "gong").length > 0;
  outbox.addEventListener("changed", show);
  outbox.addEventListener("sent", (event) => connection.tellSent(event.detail.answer));
  store.addEventListener("failing", show);
  practice.addEventListener("changed", show);
  connection.addEventListener("opened", () => side.open("own", byId("connection").querySelector("button")));
  link.addEventListener("changed", () => {
    show();
    clock.tick();
    directory.noteVersion(link.status.feed_version);
    market.noteVersion(link.status.feed_version);
  });

  await outbox.load();
  await draft.restore(outbox);
  registering.use({ outbox, draft });
  practice.use({ outbox, draft });
  for (const button of document.querySelectorAll("[data-practise]")) button.addEventListener("click", () => practice.start());
  startReceipt({ ...desk, market, practice, side, outbox });
  changeHands({ ...desk, draft, outbox, practice });
  window.addEventListener("beforeunload", (event) => {
    // What the device can't keep is gone with the page.
    if (store.lasting || !outbox.rows.length) return;
    event.preventDefault();
    event.returnValue = ""; // Safari asks for this one.
  });
  show();
  drainOften(outbox, link);
}

function drainOften(outbox, link) {
  const drain = () => outbox.drain();
  for (const sign of ["online", "pageshow", "focus"]) window.addEventListener(sign, drain);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && drain());
  link.addEventListener("connected", drain);
  link.addEventListener("changed", () => outbox.isDue && drain());
  setInterval(drain, DRAIN_EVERY);
  link.start();
  link.refresh();
  drain();
}

function startMarket({ config, directory, symbols, parties, registering, receipt }, side) {
  const market = new Market(byId("market"), { directory, symbols, categories: config.categories, url: config.urls.market });
  byId("open-market").addEventListener("click", (event) => side.toggle("market", event.currentTarget));
  // Beside the form, the market is what one wants to see; under a number, one's own latest.
  side.show("market");
  market.addEventListener("tapped", ({ detail: { entry, kind, resource } }) => {
    if (receipt.isShown) registering.startNext();
    if (parties.bring(entry, kind, resource)) {
      if (side.isOver) side.close();
    } else {
      market.say(say("market_taken", { who: [entry.name, entry.where].filter(Boolean).join(", ") }));
    }
  });
  return market;
}

function startLatest({ link, entry, receipt, outbox, draft, side, practice }) {
  const latest = new Latest({ list: byId("latest"), note: byId("latest-note"), event: byId("latest-of-event") });

  /** Said above the list, and in sight also where that has been scrolled. */
  function note(text) {
    byId("latest-note").textContent = text;
    byId("latest-note").scrollIntoView({ block: "nearest" });
  }

  /** Into the form, when nothing stands there. */
  async function putBack(row) {
    if (side.isOver) side.close({ focus: false });
    receipt.hide();
    entry.fill(row);
    await draft.keep();
  }

  function isFree() {
    if (!practice.isOn && entry.isEmpty) return true;
    if (side.isOver) side.close({ focus: false });
    receipt.hide();
    entry.sayErrors({ __all__: [say(practice.isOn ? "stop_practice_first" : "finish_first")] });
    return false;
  }

  latest.addEventListener("put_back", async ({ detail: row }) => {
    if (!isFree()) return;
    await putBack(row);
    await outbox.drop(row.key);
  });
  latest.addEventListener("take_back", async ({ detail: row }) => {
    if (!isFree()) return;
    const answer = await outbox.takeBack(row);
    if (answer.is === "taken_back") await putBack(row);
    else note(say(answer.is === "done" ? "take_back_late" : "take_back_offline", { n: answer.number }));
  });
  latest.addEventListener("keep_theirs", ({ detail: row }) => outbox.drop(row.key));
  latest.addEventListener("send_mine", async ({ detail: row }) => {
    const { theirs, reason, ...mine } = row;
    await outbox.keep({ ...mine, key: newKey(), state: "waiting" });
    await outbox.drop(row.key);
    outbox.drain();
  });
  byId("side").addEventListener("click", (event) => {
    if (!event.target.closest("a") || link.state !== "offline") return;
    event.preventDefault();
    side.show("own");
    note(say("page_offline"));
  });
  const needsLogin = (row) => row.state === "waiting" && link.state === "login";
  return () =>
    latest.show({
      own: link.status.latest,
      mayMend: link.status.may_mend,
      ofEvent: link.status.event_latest,
      kept: outbox.rows
        .filter((row) => row.user === link.user && row.state !== "new")
        .map((row) => (needsLogin(row) ? { ...row, needsLogin: true } : row)),
      others: outbox.ofOthers(link.user),
    });
}

function startReceipt({ config, link, directory, symbols, registering, receipt, market, practice, side, outbox }) {
  const needs = new Needs(byId("needs"), { link, directory, symbols, market, url: config.urls.meets });
  const star = new Star({ button: byId("star"), said: byId("star-said") }, link, config.urls.star);
  receipt.addEventListener("shown", () => {
    needs.hide();
    star.offer(null);
    side.show(practice.isOn ? "market" : "own");
  });
  receipt.addEventListener("hidden", () => side.show("market"));
  receipt.addEventListener("numbered", ({ detail: { number } }) => star.offer(practice.isOn ? null : number));
  registering.addEventListener("registered", ({ detail }) => {
    needs.ask(detail, { isPractice: practice.isOn });
    receipt.fit();
    // There is a server: what waited can go now.
    if (!practice.isOn) outbox.drain();
  });
}

/** Somebody else has signed in on this device, in another tab perhaps: what stands in the form is not theirs. */
function changeHands({ link, registering, receipt, entry, clearing, draft, outbox, practice }) {
  let user = link.user;
  link.addEventListener("changed", async () => {
    if (link.user === user || registering.isBusy) return;
    user = link.user;
    await practice.stop();
    receipt.hide();
    await draft.changeHands(user, outbox);
    clearing.forget();
    byId("who").textContent = say("broker", { name: link.status.user.name });
    entry.tell(say("user_changed", { name: link.status.user.name }));
  });
}
