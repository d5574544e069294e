/* Puts the server's regions into the page: only those that changed, each whole. */

const shown = new Map();

function regionsOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.querySelectorAll("[data-region]")];
}

/* What the page was painted with, as the browser writes it, before any script has touched it. */
export function remember(screen) {
  for (const region of screen.querySelectorAll("[data-region]")) shown.set(region.dataset.region, region.outerHTML);
}

/* Returns the elements that are new in the page. */
export function swap(screen, html) {
  const fresh = [];
  for (const region of regionsOf(html)) {
    const name = region.dataset.region;
    const text = region.outerHTML;
    if (shown.get(name) === text) continue;
    shown.set(name, text);
    screen.querySelector(`[data-region="${name}"]`)?.replaceWith(region);
    fresh.push(region);
  }
  return fresh;
}
