// Schemas as JSON Schema, for the API's description.
import { toJsonSchema as convert } from '@valibot/to-json-schema'
import type * as v from 'valibot'

export type JsonSchema = { readonly [key: string]: unknown }

/** What is taken in (`input`) or given out (`output`) by a schema. Checks that JSON Schema does not know are left out. */
export function toJsonSchema(schema: v.GenericSchema, mode: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...converted } = convert(schema, {
    // The dialect of OpenAPI 3.1.
    target: 'draft-2020-12',
    typeMode: mode,
    errorMode: 'ignore',
    overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? { type: 'object' } : undefined),
  })
  return converted
}
