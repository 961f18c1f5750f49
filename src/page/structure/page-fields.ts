// Masthead, folder and caller together say which page this is.
import type { PageFields } from '../../model/item.ts'
import { readFolderName } from './folder-name.ts'
import type { MastheadFields } from './masthead.ts'

/** The caller's paper name wins, then the masthead, then the folder. Unknown fields are '' and 0. */
export function toPageFields(masthead: MastheadFields, hint: { path?: string; paper?: string }): PageFields {
  const folder = hint.path === undefined ? {} : readFolderName(hint.path)
  const fields: PageFields = {
    paper: hint.paper ?? masthead.paper ?? folder.paper ?? '',
    date: masthead.date ?? folder.date ?? '',
    pageNo: masthead.pageNo ?? folder.pageNo ?? 0,
  }
  if (masthead.section !== undefined) fields.section = masthead.section
  if (masthead.staff !== undefined) fields.staff = masthead.staff
  if (masthead.contact !== undefined) fields.contact = masthead.contact
  return fields
}
