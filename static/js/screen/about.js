/* What the page tells the control room of itself: which screen it is, how large, and what stands on it. A telephone is
   no screen. The key stays when the page is loaded again. */

import { hasStarted } from "./controls.js";
import { isPhone } from "./log.js";

let key = "";

export function about() {
  if (isPhone()) return undefined;
  const standing = document.querySelector("[data-region='hero'] [data-agreement]");
  return {
    key: (key ||= kept()),
    width: Math.round(innerWidth * devicePixelRatio),
    height: Math.round(innerHeight * devicePixelRatio),
    scene: document.documentElement.dataset.scene,
    number: standing ? Number(standing.dataset.agreement) : undefined,
    started: hasStarted(),
  };
}

function kept() {
  const known = sessionStorage.getItem("screen");
  if (known) return known;
  const made = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem("screen", made);
  return made;
}
