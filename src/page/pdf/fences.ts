// What is drawn on a page and parts text from text.
import type { Box } from './sheet.ts'

/** Things drawn that part text from text. */
export interface Fences {
  horizontal: Box[]
  vertical: Box[]
  panels: Box[]
  pictures: Box[]
}
