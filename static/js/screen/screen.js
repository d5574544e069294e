/* The storskjerm: keeps the page at the server's feed version, whatever drops (design.md §5). Never shows a dialog. */

import { serverTime, setTime, tick } from "./clock.js";
import { connect } from "./connection.js";
import { fitNames } from "./names.js";
import { remember, swap } from "./regions.js";
import { show, startTicker } from "./ticker.js";

const root = document.documentElement;
const screen = document.querySelector("[data-screen]");
const contact = document.querySelector("[data-contact]");
const MOTION = 1000;
const SHIFT = 180_000;
const TURN = 12_000;
const RELOAD_AT_MOST = 60_000;
let version = Number(root.dataset.version);
let updated = Number(root.dataset.now);
let busyUntil = 0;

function apply(frame) {
  const newest = heroNumber();
  const fresh = swap(screen, frame.html);
  version = frame.version;
  root.dataset.version = version;
  show();
  tick();
  for (const region of fresh) fitNames(region);
  if (heroNumber() > newest) celebrate();
}

const heroNumber = () => Number(document.querySelector(".hero [data-agreement]")?.dataset.agreement ?? 0);

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
    if (frame.type === "snapshot" || frame.from === version) apply(frame);
  }
  if (frame.type === "reload") reloadWhenIdle();
}

/* At most once a minute: two servers of different releases must not make the page go round in circles. */
function reloadWhenIdle() {
  const last = Number(sessionStorage.getItem("reloaded") ?? 0);
  const wait = Math.max(busyUntil - Date.now(), last + RELOAD_AT_MOST - Date.now(), 0);
  setTimeout(() => {
    sessionStorage.setItem("reloaded", Date.now());
    location.reload();
  }, wait);
}

function onState(live) {
  root.dataset.connection = live ? "live" : "lost";
  const clock = new Date(updated).toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  contact.textContent = live ? "" : `${contact.dataset.lost} ${clock}`;
}

remember(screen);
setTime(updated, 1000);
tick();
setInterval(tick, 250);
// Against burn-in.
setInterval(() => (screen.dataset.shift = (Number(screen.dataset.shift ?? 0) + 1) % 3), SHIFT);
// Where there is room for one of them only (4:3), the list and the triangle take turns.
setInterval(() => (screen.dataset.turn = screen.dataset.turn === "triangle" ? "latest" : "triangle"), TURN);
show();
startTicker();
fitNames(screen);
// Full screen, another projector.
let resized = 0;
window.addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(() => fitNames(screen), 100);
});
connect({
  address: root.dataset.socket,
  software: root.dataset.software,
  version: () => version,
  onFrame,
  onState,
});
