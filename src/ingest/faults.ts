// What went wrong with one source, kept as plain data so that it can be counted, printed and posted between threads.
import { type ErrorCode, SearchError } from '../model/errors.ts'

/** A source or a part of one that did not become articles. */
export interface Fault {
  file: string
  /** 1-based. */
  line?: number
  field?: string
  id?: string
  code: ErrorCode
  /** A sentence in Chinese; names the file only where a person needs it to understand the sentence. */
  message: string
}

/** Keeps the code and the place of an error; an error that names no file happened in `file`. */
export function toFault(error: unknown, file: string, line?: number): Fault {
  if (error instanceof SearchError) {
    const { details } = error
    const at = details.line ?? line
    return {
      file: details.file ?? file,
      ...(at !== undefined && { line: at }),
      ...(details.field !== undefined && { field: details.field }),
      ...(details.id !== undefined && { id: details.id }),
      code: error.code,
      message: error.message,
    }
  }
  const why = error instanceof Error ? error.message : String(error)
  return { file, ...(line !== undefined && { line }), code: 'SOURCE_UNREADABLE', message: `无法处理：${why}` }
}

/** `file:line: sentence`, as compilers name a place, so that editors can jump to it. */
export function printFault(fault: Fault): string {
  const place = fault.line === undefined ? fault.file : `${fault.file}:${fault.line}`
  return fault.message.includes(fault.file) && fault.line === undefined
    ? fault.message
    : `${place}：${fault.message}`
}
