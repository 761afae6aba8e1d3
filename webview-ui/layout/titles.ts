import type { Size } from './geometry';

/** Pixels between a box and its content, and above and under its title. */
export const AROUND = 16;
export const ABOVE_TITLE = 8;
const UNDER_TITLE = 10;
/** A title breaks at the width of its box, but not at less than this. */
const NARROW_TITLE = 240;

/** The size of a box around a content and a title. */
export function titleRoom(content: Size, title: Size): Size {
  return {
    width: Math.max(content.width, title.width) + 2 * AROUND,
    height: content.height + aboveContent(title) + AROUND,
  };
}

/** From the upper side of a box to its content. */
export function aboveContent(title: Size): number {
  return ABOVE_TITLE + title.height + UNDER_TITLE;
}

/** Words do not fill lines to the end: a broken title takes somewhat more room than its length asks for. */
export function brokenTitle({ width, height }: Size, room: number): Size {
  const widest = Math.max(room, NARROW_TITLE);
  if (width <= widest) return { width, height };
  return { width: widest, height: Math.ceil((width * 1.12) / widest) * height };
}
