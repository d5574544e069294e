/* Puts the server's regions into the page: only those that changed, each whole; all of them when the scene is another. */

const shown = new Map();
const withheld = new Map();

export function fromHtml(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

const nameOf = (region) => region.dataset.region;

/* What the page was painted with, as the browser writes it, before any script has touched it. */
export function remember(screen) {
  for (const region of screen.querySelectorAll("[data-region]")) shown.set(nameOf(region), region.outerHTML);
}

/* Returns the elements that are new in the page. Regions named in `held` wait for `release`. */
export function swap(screen, html, held = []) {
  const regions = [...fromHtml(html).querySelectorAll("[data-region]")];
  if (regions.map(nameOf).join() !== [...shown.keys()].join()) return replaceAll(screen, regions);
  const fresh = [];
  for (const region of regions) {
    const name = nameOf(region);
    if (held.includes(name)) withheld.set(name, region.outerHTML);
    else if (shown.get(name) !== region.outerHTML) fresh.push(put(screen, name, region));
  }
  return fresh;
}

function replaceAll(screen, regions) {
  shown.clear();
  withheld.clear();
  for (const region of regions) shown.set(nameOf(region), region.outerHTML);
  screen.replaceChildren(...regions);
  return regions;
}

function put(screen, name, region) {
  shown.set(name, region.outerHTML);
  withheld.delete(name);
  screen.querySelector(`[data-region="${name}"]`)?.replaceWith(region);
  return region;
}

/* The script has changed these regions itself: the next frame's are put there whatever they were before. */
export function forget(names) {
  for (const name of names) shown.set(name, null);
}

/* What the last frame said of the regions that waited. */
export function release(screen) {
  return [...withheld].map(([name, html]) => put(screen, name, fromHtml(html).firstElementChild));
}
