/* What fills the screen, so that nobody needs the sound. Which one follows from the server's time and figures alone, so
   that a page that was loaded again, or was away, neither repeats nor invents one. */

import { hour, serverTime } from "./clock.js";

const GONG = 9000;
const MINUTES = 5 * 60_000;
const STANDS = 8000;
const SECONDS = 10_000;
const LATE = 20_000;
const root = document.documentElement;
const seen = new Set(JSON.parse(sessionStorage.getItem("milestones") ?? "[]"));
let milestone = null;
let standsUntil = -Infinity;

export function tellMilestone(told) {
  milestone = told;
}

/* {name, large} of the moment that stands now, or null. */
export function momentAt(now, scene) {
  const { stage, openedAt, closesAt, closedAt } = hour();
  if (stage === "closed") return within(now - closedAt, GONG) ? { name: "closing" } : null;
  if (stage !== "open") return null;
  if (within(now - openedAt, GONG)) return { name: "opening" };
  const left = closesAt - now;
  if (left > 0 && left <= SECONDS) return { name: "seconds", large: String(Math.ceil(left / 1000)) };
  if (scene !== "trading") return null;
  const passed = passedMilestone(now);
  if (passed) return passed;
  const isLong = closesAt - openedAt > 2 * MINUTES;
  return isLong && within(now - (closesAt - MINUTES), STANDS) ? { name: "minutes" } : null;
}

const within = (since, duration) => since >= 0 && since < duration;

/* Once on each screen. It may come some seconds late, after the gong or a lost link, and then it still has its time. */
function passedMilestone(now) {
  if (!milestone) return null;
  const { count, goal, at } = milestone;
  const key = `${root.dataset.socket} ${hour().openedAt} ${count}`;
  if (!seen.has(key) && now - at < LATE) {
    seen.add(key);
    sessionStorage.setItem("milestones", JSON.stringify([...seen]));
    standsUntil = performance.now() + STANDS; // a machine's clock may be set while it stands
  }
  return performance.now() < standsUntil ? { name: goal ? "goal" : "milestone", large: String(count) } : null;
}

export function startMoments({ onMoment }) {
  const element = document.querySelector("[data-moment]");
  let standing = "";
  return function show() {
    const moment = momentAt(serverTime(), root.dataset.scene);
    const name = moment?.name ?? "";
    if (name !== standing) {
      standing = name;
      if (moment) dress(element, name);
      element.hidden = !moment;
      if (moment) onMoment(name);
    }
    if (moment?.large) write(element.querySelector("[data-moment-large]"), moment.large);
    return Boolean(moment);
  };
}

function dress(element, name) {
  element.dataset.moment = name;
  const words = element.querySelector(`[data-words="${name}"]`).content;
  write(element.querySelector("[data-moment-large]"), words.querySelector("b").textContent);
  write(element.querySelector("[data-moment-small]"), words.querySelector("i").textContent);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
