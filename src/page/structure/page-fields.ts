// Masthead, folder and caller together say which page this is.
import type { PageFields, PageProblem } from '../../model/item.ts'
import { readFolderName } from './folder-name.ts'
import type { MastheadFields } from './masthead.ts'

/** Endings that only the name of a paper has; 新闻 or 周末 may as well head a column. */
const surelyPaper = /(?:报|周刊|电讯|时讯)$|^今日/u

/**
 * The caller's paper name wins, then the masthead, then the folder; a name in the masthead that could be a column's
 * comes after the folder's. Unknown fields are '' and 0.
 */
export function toPageFields(masthead: MastheadFields, hint: { path?: string; paper?: string }): PageFields {
  const folder = hint.path === undefined ? {} : readFolderName(hint.path)
  const printed = masthead.paper
  const isSure = printed !== undefined && surelyPaper.test(printed)
  const fields: PageFields = {
    paper: hint.paper ?? (isSure ? printed : (folder.paper ?? printed)) ?? '',
    date: masthead.date ?? folder.date ?? '',
    pageNo: masthead.pageNo ?? folder.pageNo ?? (masthead.isFront ? 1 : 0),
  }
  if (masthead.section !== undefined) fields.section = masthead.section
  if (masthead.staff !== undefined) fields.staff = masthead.staff
  if (masthead.contact !== undefined) fields.contact = masthead.contact
  return fields
}

/** What the print and the path say differently: the print counts, but a person should look. */
export function contradictions(
  masthead: MastheadFields,
  hint: { path?: string; paper?: string },
): PageProblem[] {
  const folder = hint.path === undefined ? {} : readFolderName(hint.path)
  const told: PageProblem[] = []
  const compare = (name: string, printed: string | undefined, stored: string | undefined): void => {
    if (printed === undefined || stored === undefined || printed === stored) return
    told.push({
      kind: 'doubt',
      message: `版面上印的${name}是“${printed}”，文件夹或文件名说是“${stored}”：用了版面上的`,
    })
  }
  compare('日期', masthead.date, folder.date)
  compare('版次', masthead.pageNo?.toString(), folder.pageNo?.toString())
  return told
}
