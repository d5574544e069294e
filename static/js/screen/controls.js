/* For who stands at the screen's own machine: «Start» fills the screen and keeps it awake, where the browser lets it. */

import { gong, turnSound, soundIsOn } from "./sound.js";

const ASLEEP_AFTER = 5000;
const root = document.documentElement;
let sleeps = 0;

/* Whether «Start» has been tapped here, also before the page was loaded again. */
export const hasStarted = () => sessionStorage.getItem("started") === "1";

export function startControls() {
  const controls = document.querySelector("[data-controls]");
  controls.hidden = false;
  wakeUp(controls);
  for (const kind of ["pointermove", "pointerdown", "keydown"]) addEventListener(kind, () => wakeUp(controls));
  controls.querySelector("[data-start]").addEventListener("click", () => {
    sessionStorage.setItem("started", "1");
    fillTheScreen();
    keepAwake();
    document.activeElement?.blur();
  });
  controls.querySelector("[data-sound]").addEventListener("click", ({ currentTarget }) => {
    currentTarget.setAttribute("aria-pressed", String(turnSound(!soundIsOn())));
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-try-sound]")) return;
    gong({ evenIfOff: true });
    document.querySelector("[data-sound-tried]").hidden = false;
  });
}

function wakeUp(controls) {
  controls.dataset.awake = root.dataset.pointer = "";
  clearTimeout(sleeps);
  sleeps = setTimeout(() => {
    delete controls.dataset.awake;
    delete root.dataset.pointer;
  }, ASLEEP_AFTER);
}

function fillTheScreen() {
  const ask = root.requestFullscreen ?? root.webkitRequestFullscreen;
  ask?.call(root)?.catch?.(() => {});
}

/* The lock is lost whenever the page is out of sight, and is asked for anew when it is back. Absent on plain http. */
function keepAwake() {
  const ask = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
  ask();
  document.addEventListener("visibilitychange", ask);
}
