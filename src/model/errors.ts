// Every fault the archive can name: one error type, a code, and details that say which file, line or field.

export const errorCodes = [
  'INDEX_MISSING',
  'INDEX_CORRUPT',
  'INDEX_FORMAT',
  'INDEX_LOCKED',
  'INDEX_SHRINKS',
  'STORAGE',
  'SOURCE_MISSING',
  'SOURCE_UNREADABLE',
  'PAGE_EMPTY',
  'PAGE_BINARY',
  'PAGE_NO_TEXT_LAYER',
  'PAGE_DAMAGED',
  'PAGE_DOUBTFUL',
  'LIMIT_EXCEEDED',
  'ARTICLE_INVALID',
  'ARTICLE_UNKNOWN',
  'DICTIONARY_INVALID',
  'REQUEST_INVALID',
  'TIMEOUT',
  'BUSY',
  'CLOSED',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Which thing is at fault; every detail is optional, those that are known are given. */
export interface ErrorDetails {
  file?: string
  /** 1-based. */
  line?: number
  field?: string
  /** Section of a segment file. */
  section?: string
  /** Byte offset in `file`. */
  offset?: number
  id?: string
}

/** The one error that leaves a room; `message` is a sentence for a person, in Chinese. */
export class SearchError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SearchError'
    this.code = code
    this.details = details
  }
}
