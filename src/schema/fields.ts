// The searchable fields of an article.

/**
 * The printed texts of an article that can be searched, in the order in which they are indexed.
 * A lead is the beginning of the running text, a body the rest. Author holds bylines, signature and credits.
 */
export const fieldNames = [
  'headline',
  'kicker',
  'subtitle',
  'subheading',
  'lead',
  'body',
  'caption',
  'author',
] as const
export type FieldName = (typeof fieldNames)[number]
