/* The network test of this device: one line after the other, then the result to the organiser's list. */

import { holds, keeps, measure, open, post } from "./checks.js";
import { conclude, say } from "./lines.js";

const test = document.querySelector("[data-test]");
const again = document.querySelector("[data-again]");
const token = test.elements.csrfmiddlewaretoken.value;
const NAMES = ["post", "trip", "clock", "storage", "socket", "hold"];
const MINUTE = 60_000;

async function run() {
  again.hidden = true;
  conclude("running");
  for (const name of NAMES) say(name, "waits", "");
  say("page", "good");
  const measured = await reaches();
  const stored = await tried("storage", keeps);
  const { opened, held } = await listens();
  const ready = measured !== null && stored && opened && held === Number(test.dataset.holds);
  const kept = measured !== null && (await sent({ stored, opened, held, ...measured }));
  conclude(ready ? "ready" : "problems", kept ? "kept" : "unkept");
  again.hidden = false;
}

async function tried(name, check) {
  try {
    await check();
    say(name, "good");
    return true;
  } catch {
    say(name, "bad");
    return false;
  }
}

/* Whether what is posted is answered, how quickly, and by which clock; null when it isn't. */
async function reaches() {
  let measured = null;
  const answered = await tried("post", async () => {
    measured = await measure(() => post(test.dataset.answer, {}, token));
  });
  if (!answered) {
    say("trip", "bad");
    say("clock", "bad");
    return null;
  }
  say("trip", measured.trip > Number(test.dataset.slow) ? "note" : "good", measured.trip);
  const off = Math.abs(measured.ahead);
  say("clock", off > Number(test.dataset.clockOff) ? "note" : "good", Math.round(off / MINUTE));
  return measured;
}

async function listens() {
  const seconds = Number(test.dataset.holds);
  let socket = null;
  const opened = await tried("socket", async () => (socket = await open(test.dataset.socket)));
  const held = opened ? await holds(socket, seconds, (second) => say("hold", "waits", seconds - second)) : 0;
  // A line that never was can't fall out.
  document.querySelector("[data-line='hold']").hidden = !opened;
  if (opened) say("hold", held === seconds ? "good" : "bad", held);
  socket?.close();
  return { opened, held };
}

async function sent({ stored, opened, held, trip, ahead }) {
  const fields = {
    key: key(),
    socket_opened: opened ? "1" : "",
    storage_kept: stored ? "1" : "",
    held_seconds: held,
    round_trip: trip,
    clock_difference: ahead,
    touch: navigator.maxTouchPoints > 1 ? "1" : "",
  };
  try {
    const { number } = await post(test.dataset.store, fields, token);
    document.querySelector("[data-number]").textContent = number;
    return true;
  } catch {
    return false;
  }
}

/* Random, and kept here only so that a second try of this browser takes the place of the first. */
function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    const kept = localStorage.getItem("nettest") ?? made;
    localStorage.setItem("nettest", kept);
    return kept;
  } catch {
    return made;
  }
}

document.querySelector("[data-without-script]").hidden = true;
test.hidden = false;
again.addEventListener("click", run);
run();
