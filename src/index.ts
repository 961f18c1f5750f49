// The library's front door.
export { type Archive, type ArchiveOptions, openArchive } from './archive.ts'
export type { Article } from './model/article.ts'
export { type ErrorCode, type ErrorDetails, SearchError } from './model/errors.ts'
export type * from './model/hit.ts'
export type * from './model/item.ts'
export type { SearchRequest, SortOrder } from './model/query.ts'
export type { Marked, Span } from './model/span.ts'
