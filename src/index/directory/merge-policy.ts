// Which segments to merge next: the tiered policy of Lucene, told in bytes of live documents.
import { documentLimit } from '../store/id-file.ts'
import type { ManifestSegment } from './manifest.ts'

export interface MergePolicy {
  /** Segments below this many bytes count as equally small. */
  floorBytes: number
  /** Segments of about the same size that are let stand before they are merged. */
  segmentsPerTier: number
  /** Segments merged at once, at most. */
  maxAtOnce: number
  /** No merge makes a segment larger than this, deletions aside. */
  maxBytes: number
  /** A segment with a larger share of deleted documents is merged by itself or with others. */
  maxDeleted: number
}

export const defaultMergePolicy: MergePolicy = {
  floorBytes: 2 << 20,
  segmentsPerTier: 8,
  maxAtOnce: 16,
  maxBytes: 6 * 2 ** 30,
  maxDeleted: 0.3,
}

function liveBytes(segment: ManifestSegment): number {
  return segment.documentCount === 0 ? 0 : (segment.bytes * segment.liveCount) / segment.documentCount
}

/** The segments to merge into one, in their order; empty when the index is fine as it is. */
export function chooseMerge(segments: readonly ManifestSegment[], policy: MergePolicy): ManifestSegment[] {
  const groups = new Map<string, ManifestSegment[]>()
  for (const segment of segments) {
    const kind = `${segment.boundaryCount}/${segment.signature}`
    const group = groups.get(kind)
    if (group) group.push(segment)
    else groups.set(kind, [segment])
  }
  for (const group of groups.values()) {
    const chosen = chooseTier(group, policy)
    if (chosen.length > 0) return segments.filter((segment) => chosen.includes(segment))
  }
  for (const segment of segments) {
    if (1 - segment.liveCount / segment.documentCount > policy.maxDeleted) return [segment]
  }
  return []
}

/** The smallest run of segments of about one size that has too many members. */
function chooseTier(group: ManifestSegment[], policy: MergePolicy): ManifestSegment[] {
  const ascending = [...group].sort((a, b) => liveBytes(a) - liveBytes(b))
  for (let first = 0; first < ascending.length; first++) {
    // A tier spans from a size to `segmentsPerTier` times that size.
    const least = Math.max(policy.floorBytes, liveBytes(ascending[first]!))
    const tier: ManifestSegment[] = []
    let bytes = 0
    let documents = 0
    for (let i = first; i < ascending.length && tier.length < policy.maxAtOnce; i++) {
      const segment = ascending[i]!
      const size = liveBytes(segment)
      if (size > least * policy.segmentsPerTier && size > policy.floorBytes) break
      if (bytes + size > policy.maxBytes || documents + segment.liveCount > documentLimit) break
      bytes += size
      documents += segment.liveCount
      tier.push(segment)
    }
    if (tier.length > policy.segmentsPerTier) return tier
  }
  return []
}
