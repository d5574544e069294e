/* A choice that need not be made: what is chosen is let go by tapping it again. For the radios in `[data-untick]`. */

export function allowUnticking(form) {
  // Whether the radio was chosen before this tap is no longer to be seen at the click.
  let before = null;
  const note = (event) => {
    const radio = event.target.closest?.("[data-untick] label")?.querySelector("input");
    before = radio?.checked ? radio : null;
  };
  form.addEventListener("pointerdown", note);
  form.addEventListener("keydown", (event) => event.key === " " && note(event));
  form.addEventListener("click", (event) => {
    if (event.target !== before || !event.target.matches("[data-untick] input")) return;
    before = null;
    event.target.checked = false;
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
