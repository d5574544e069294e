/* The storskjerm: keeps the page at the server's feed version, whatever drops (design.md §5). Never shows a dialog. */

import { about } from "./about.js";
import { Burst } from "./burst.js";
import { serverTime, setTime, tick } from "./clock.js";
import { connect } from "./connection.js";
import { startControls } from "./controls.js";
import * as hero from "./hero.js";
import { startLog } from "./log.js";
import { startMoments, tellMilestone } from "./moments.js";
import { fitNames } from "./names.js";
import { tellPicture } from "./picture.js";
import { release, remember, swap } from "./regions.js";
import { chime, gong } from "./sound.js";
import { startStill, tellButtons } from "./still.js";
import { showTicker, startTicker } from "./ticker.js";
import { arrange, startTurns } from "./turns.js";

const root = document.documentElement;
const screen = document.querySelector("[data-screen]");
const contact = document.querySelector("[data-contact]");
const burst = new Burst();
const MOTION = 1000;
const SHIFT = 180_000;
const TICK = 250;
const RELOAD_AT_MOST = 60_000;
let version = Number(root.dataset.version);
let updated = Number(root.dataset.now);
let busyUntil = 0;
let reloadAt = Infinity;
let isMoment = false;

/* What the database says at once, except for what waits for its turn. */
function apply(frame) {
  if (frame.scene !== root.dataset.scene || frame.type === "snapshot" || document.hidden) burst.clear();
  const stays = queue(frame);
  const fresh = swap(screen, frame.html, stays ? hero.REGIONS : []);
  if (frame.scene !== root.dataset.scene) changeScene(frame.scene);
  version = frame.version;
  root.dataset.version = version;
  tellMilestone(frame.milestone);
  dress(fresh);
  if (stays && !isMoment) takeTurn();
}

/* True while the page itself holds the newest agreement and the list. */
function queue(frame) {
  if (frame.type !== "change" || frame.scene !== "trading" || root.dataset.scene !== "trading") return false;
  const arrives = (card) => frame.new.includes(card.number);
  const corrected = frame.cards.filter((card) => !arrives(card));
  if (!document.hidden) burst.arrive(frame.cards.filter(arrives), Date.now());
  burst.correct(frame.cards);
  const lost = burst.leave(frame.gone);
  if (!burst.busy) return false;
  hero.drop(frame.gone);
  hero.mend(corrected);
  if (burst.standing.length && (lost || corrected.length)) hero.draw(burst.standing);
  return true;
}

function takeTurn() {
  const now = Date.now();
  const cards = burst.next(now);
  if (cards.length) {
    hero.present(cards);
    celebrate();
    chime();
  } else if (burst.busy && !burst.waiting.length && burst.isDue(now)) {
    settle();
  }
}

/* Nobody waits: from here on the page is what the server says, to the letter. */
function settle() {
  burst.clear();
  screen.classList.remove("is-new");
  dress(release(screen));
}

function dress(fresh) {
  showTicker();
  tellButtons();
  tick();
  tellPicture();
  arrange(screen);
  for (const region of fresh) fitNames(region);
}

function changeScene(scene) {
  root.dataset.scene = scene;
  screen.classList.remove("is-new");
  delete screen.dataset.sceneIsNew;
  screen.getBoundingClientRect();
  screen.dataset.sceneIsNew = "";
}

/* The fields meet, the hat lifts, the list makes room. Ends within a second, and a newer one cuts it short. */
function celebrate() {
  busyUntil = Date.now() + MOTION;
  screen.classList.remove("is-new");
  screen.getBoundingClientRect(); // forgets the animation that was running
  screen.classList.add("is-new");
}

function onFrame(frame, trip) {
  updated = serverTime();
  if (frame.type === "beat") setTime(frame.now, trip);
  if (frame.type === "snapshot" || frame.type === "change") {
    // A heartbeat that crossed a change on its way is answered by what the page has by then.
    const isNews = frame.type === "snapshot" ? frame.version !== version : frame.from === version;
    if (isNews) apply(frame);
    if (isNews) log.onFrame(frame);
  }
  if (frame.type === "reload") reloadAt = Number(sessionStorage.getItem("reloaded") ?? 0) + RELOAD_AT_MOST;
}

/* At most once a minute: two servers of different releases must not make the page go round in circles. */
function reloadWhenIdle() {
  const now = Date.now();
  if (now < reloadAt || now < busyUntil || burst.busy || isMoment) return;
  sessionStorage.setItem("reloaded", now);
  reloadAt = Infinity;
  location.reload();
}

function onState(live) {
  root.dataset.connection = live ? "live" : "lost";
  const clock = new Date(updated).toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  contact.textContent = live ? "" : `${contact.dataset.lost} ${clock}`;
}

const showMoment = startMoments({
  onMoment: (name) => (name === "opening" || name === "closing" ? gong() : chime()),
});

function everyTick() {
  tick();
  tellPicture();
  isMoment = showMoment();
  if (isMoment) burst.hold(TICK);
  else if (burst.busy) takeTurn();
  reloadWhenIdle();
}

remember(screen);
setTime(updated, 1000);
startStill();
startControls();
startTicker();
startTurns(screen);
const log = startLog();
dress([screen]);
setInterval(everyTick, TICK);
// Against burn-in.
setInterval(() => (screen.dataset.shift = (Number(screen.dataset.shift ?? 0) + 1) % 3), SHIFT);
// Full screen, another projector.
let resized = 0;
window.addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(() => dress([screen]), 100);
});
connect({
  address: root.dataset.socket,
  software: root.dataset.software,
  version: () => version,
  about,
  onFrame,
  onState,
});
