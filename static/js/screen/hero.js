/* The newest agreement large, and the list of those before it, while the page itself decides whose turn it is. */

import { fitNames } from "./names.js";
import { forget, fromHtml } from "./regions.js";

const ROWS = 5;
export const REGIONS = ["hero", "latest"];

const hero = () => document.querySelector("[data-region='hero']");
const list = () => document.querySelector(".latest__list");
const articles = (html) => fromHtml(html).querySelector("[data-agreement]");

/* The ones that stand move into the list, and `cards` take their place. What the server has drawn may be a step ahead of
   what it called new: nothing stands twice. */
export function present(cards) {
  drop(cards.map((card) => card.number));
  const rows = [...hero().querySelectorAll("[data-agreement]")].map(rowOf).reverse();
  list().prepend(...rows);
  while (list().children.length > ROWS) list().lastElementChild.remove();
  draw(cards);
}

/* The same cards again, corrected or fewer. */
export function draw(cards) {
  forget(REGIONS);
  hero().classList.toggle("hero--group", cards.length > 1);
  hero().replaceChildren(...cards.map((card) => articles(card.html)));
  if (cards.length === 1) fitNames(hero());
}

/* Out of sight at once, wherever it stands. */
export function drop(numbers) {
  for (const number of numbers) {
    for (const place of [hero(), list()]) place?.querySelector(`[data-agreement="${number}"]`)?.remove();
  }
}

export function mend(cards) {
  for (const { number, html } of cards) {
    list()?.querySelector(`[data-agreement="${number}"]`)?.replaceWith(rowOf(articles(html)));
  }
}

function rowOf(article) {
  const row = document.createElement("li");
  row.className = "latest__row";
  row.dataset.agreement = article.dataset.agreement;
  row.append(article.querySelector("[data-row]").content.cloneNode(true));
  return row;
}
