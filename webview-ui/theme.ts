/**
 * Colours are VS Code's CSS variables throughout, so a change of theme needs no drawing. Only another font does: the
 * nodes were measured with the old one.
 */
export function fontInUse(): string {
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  return `${fontSize} ${fontFamily}`;
}

/** VS Code writes a theme into the body's class and the root's style. */
export function onFontChange(changed: () => void): void {
  let font = fontInUse();
  const observer = new MutationObserver(() => {
    const now = fontInUse();
    if (now === font) return;
    font = now;
    changed();
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
