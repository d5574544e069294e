/* With little height left, by the keyboard on the screen above all, the page follows the field that is typed in.

   Safari on iPad leaves the page as tall as it was and lets the keyboard cover the lower part: only `visualViewport`
   tells. Other browsers make the window lower. Either way `data-low` stands on the root, `--seen-top`, `--seen-height` and
   `--covered` say what is seen of the page, and the stylesheet keeps «Registrer avtale» at the lower edge of that. */

const LOW = 520;
const ROOM_FOR_BUTTON = 68;
// Above the field: its label, so that the broker sees where they are.
const ABOVE = 44;

export function followOnLowScreen(form) {
  const root = document.documentElement;
  const seen = window.visualViewport;
  let isLow = false;

  function look() {
    const height = seen?.height ?? window.innerHeight;
    const top = seen?.offsetTop ?? 0;
    // Enlarged with two fingers is not a low screen.
    const wasLow = isLow;
    isLow = (seen?.scale ?? 1) < 1.05 ? height < LOW : isLow;
    root.toggleAttribute("data-low", isLow);
    root.style.setProperty("--seen-top", `${top}px`);
    root.style.setProperty("--seen-height", `${height}px`);
    root.style.setProperty("--covered", `${Math.max(0, window.innerHeight - height)}px`);
    if (isLow && !wasLow) follow();
  }

  /** Put the field near the upper edge, so that its list has the rest. */
  function follow() {
    const field = document.activeElement;
    if (!isLow || !field?.matches("input, textarea") || !form.contains(field)) return;
    const top = (seen?.offsetTop ?? 0) + ABOVE;
    const box = field.getBoundingClientRect();
    const bottom = (seen?.offsetTop ?? 0) + (seen?.height ?? window.innerHeight) - ROOM_FOR_BUTTON;
    const isList = field.getAttribute("role") === "combobox";
    if (isList || box.top < top || box.bottom > bottom) window.scrollBy({ top: box.top - top, behavior: "instant" });
  }

  seen?.addEventListener("resize", look);
  seen?.addEventListener("scroll", look);
  window.addEventListener("resize", look);
  form.addEventListener("focusin", () => requestAnimationFrame(follow));
  look();
}
