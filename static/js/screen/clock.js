/* The hour by the server's time, whatever this machine's clock says; and the phase that follows from it. */

const root = document.documentElement;
const COUNTS_DOWN = 12 * 3600;
let offset = 0;
let best = Infinity;

/* Server time `now`, told at the end of a round trip: the shortest trip so far knows best. */
export function setTime(now, trip = 0) {
  if (trip > best * 2 && trip > 100) return;
  best = Math.min(best, trip);
  offset = now + trip / 2 - Date.now();
}

export const serverTime = () => Date.now() + offset;

/* The strokes and the plan as numbers; NaN where there is none yet. */
export function hour() {
  const { stage, ...moments } = document.querySelector("[data-region='hour']").dataset;
  const told = Object.entries(moments).map(([name, text]) => [name, text ? Number(text) : NaN]);
  return { ...Object.fromEntries(told), stage };
}

export function tick() {
  const { stage, startsAt, closesAt, graceEndsAt } = hour();
  const now = serverTime();
  const phase = stage === "closed" ? (now < graceEndsAt ? "grace" : "over") : stage;
  const end = { before: startsAt, open: closesAt, grace: graceEndsAt }[phase] ?? now;
  const left = Math.max(0, Math.ceil((end - now) / 1000));
  write("phase", phase);
  write("mode", left === 0 ? "due" : left > COUNTS_DOWN ? "far" : "near");
  for (const figures of document.querySelectorAll("[data-left]")) {
    const text = countdown(left);
    if (figures.textContent !== text) figures.textContent = text;
  }
}

function write(name, value) {
  if (root.dataset[name] !== value) root.dataset[name] = value;
}

const two = (number) => String(number).padStart(2, "0");

export function countdown(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 100) return `${two(minutes)}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
