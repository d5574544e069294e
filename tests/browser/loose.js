/* What stands outside the box that should hold it, and texts that are wider than their own box without being cut. */
() => {
  const found = [];
  const name = (element) => element.className.baseVal ?? element.className;
  const say = (element, why) => found.push(`${why}: ${name(element)} ${element.textContent.trim().slice(0, 40)}`);
  const inside = (inner, outer) =>
    inner.left >= outer.left - 1 &&
    inner.right <= outer.right + 1 &&
    inner.top >= outer.top - 1 &&
    inner.bottom <= outer.bottom + 1;
  const over = (a, b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const visible = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1;
  const scrolls = innerWidth < 700;
  const page = { left: 0, top: 0, right: innerWidth, bottom: scrolls ? Infinity : innerHeight };

  for (const element of document.querySelectorAll("[data-screen] *")) {
    if (!visible(element) || element.closest(".ticker__window, svg svg, .visually-hidden")) continue;
    const box = element.getBoundingClientRect();
    if (!inside(box, page)) say(element, "outside the page");
    const style = getComputedStyle(element);
    // The hat sits on the edge of the number on purpose.
    const cuts = style.overflow !== "visible" || style.display === "inline" || element.matches(".total__number");
    const tooWide = element instanceof HTMLElement && element.scrollWidth > element.clientWidth + 1;
    if (tooWide && !cuts) say(element, "too wide");
    const field = element.closest(".field");
    if (field && !element.closest(".badge") && !inside(box, field.getBoundingClientRect())) say(element, "off its field");
  }
  const regions = [...document.querySelectorAll("[data-region]")].filter(visible);
  for (const one of regions)
    for (const other of regions)
      if (one !== other && over(one.getBoundingClientRect(), other.getBoundingClientRect()))
        say(one, `over ${other.className}`);
  return found;
}
