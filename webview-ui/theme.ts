export function fontInUse(): string {
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  return `${fontSize} ${fontFamily}`;
}

/**
 * VS Code writes a theme into the body's class and the root's style. Colours are its CSS variables, so the picture needs
 * no drawing; only another font does: the nodes were measured with the old one.
 */
export function onThemeChange(changed: (isOtherFont: boolean) => void): void {
  let font = fontInUse();
  const observer = new MutationObserver(() => {
    const now = fontInUse();
    changed(now !== font);
    font = now;
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
