/* The bar's menu: it closes when something in it is chosen, when one taps beside it, and by Escape. Open, it would cover
   the first party. */

export function closeByItself(menu) {
  const close = () => (menu.open = false);
  menu.querySelector("summary + *").addEventListener("click", close);
  document.addEventListener("pointerdown", ({ target }) => menu.contains(target) || close());
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
}
