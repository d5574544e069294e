/* The lines of the test on the page. The words stand in the page; this only chooses among them. */

export function say(name, state, number) {
  const line = document.querySelector(`[data-line="${name}"]`);
  line.dataset.state = state;
  for (const words of line.querySelectorAll("[data-says]")) {
    words.hidden = words.dataset.says !== state;
    if (words.hidden) continue;
    words.dataset.pattern ??= words.lastChild.data;
    words.lastChild.data = words.dataset.pattern.replace("#", number ?? "");
  }
}

/* What the verdict says: all of `states`, and nothing else. */
export function conclude(...states) {
  const verdict = document.querySelector("[data-verdict]");
  verdict.dataset.state = states[0];
  for (const words of verdict.querySelectorAll("[data-says]")) words.hidden = !states.includes(words.dataset.says);
}
