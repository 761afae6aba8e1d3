import { type Ground, pngOf, standaloneSvg } from './exportPicture';
import { post } from './host';
import type { Picture } from './picture';

/** Gives the extension the picture as a document of its own, with nothing selected or lit. */
export async function savePicture(
  picture: Picture,
  stage: HTMLElement,
  format: 'svg' | 'png',
  ground?: Ground,
): Promise<void> {
  try {
    // Styles are read off the picture: not while they are on their way to something else.
    stage.classList.add('still');
    const { selected } = picture;
    picture.select(undefined);
    picture.light(undefined);
    const svg = standaloneSvg(picture.svg, ground);
    picture.select(selected);
    stage.classList.remove('still');
    post({ type: 'save', format, data: format === 'svg' ? svg : await pngOf(svg, 2) });
  } catch (error) {
    post({ type: 'problem', message: `export: ${error instanceof Error ? error.message : String(error)}` });
  }
}
