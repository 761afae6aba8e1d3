/** Colours for a white ground, whatever the theme: those of VS Code's light one. */
const PAPER: Readonly<Record<string, string>> = {
  '--vscode-editor-background': '#ffffff',
  '--vscode-editor-foreground': '#3b3b3b',
  '--vscode-foreground': '#3b3b3b',
  '--vscode-editorWidget-background': '#f8f8f8',
  '--vscode-charts-green': '#388a34',
  '--vscode-charts-blue': '#0063d3',
  '--vscode-charts-yellow': '#bf8803',
  '--vscode-charts-purple': '#652d90',
  '--vscode-charts-red': '#e51400',
  '--vscode-phasewise-gateDue': '#c2500a',
  '--vscode-focusBorder': '#005fb8',
};

const THEME_CLASSES = ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'];

/** Puts the page on white; the function that it gives puts it back. */
export function onPaper(): () => void {
  const { style } = document.documentElement;
  const { classList } = document.body;
  const colours = Object.keys(PAPER).map((name) => [name, style.getPropertyValue(name)] as const);
  const classes = THEME_CLASSES.filter((name) => classList.contains(name));
  for (const [name, value] of Object.entries(PAPER)) style.setProperty(name, value);
  classList.remove(...THEME_CLASSES);
  classList.add('vscode-light');
  return () => {
    for (const [name, value] of colours) {
      if (value === '') style.removeProperty(name);
      else style.setProperty(name, value);
    }
    classList.remove('vscode-light');
    classList.add(...classes);
  };
}

/** Paper is white, whatever the theme. The style sheet leaves only the picture on it, at a size that fits. */
export function putOnPaperWhenPrinted(): void {
  let putBack: (() => void) | undefined;
  window.addEventListener('beforeprint', () => {
    putBack ??= onPaper();
  });
  window.addEventListener('afterprint', () => {
    putBack?.();
    putBack = undefined;
  });
}
