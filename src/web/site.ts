// What every page of the site is told about the site itself.
import { type Addresses, createAddresses } from './address.ts'

/** The site as its pages know it. */
export interface Site {
  to: Addresses
  /** Mount path, empty at the root. */
  base: string
  /** The address under which the world knows the site, with the mount path; the path alone where none is configured. */
  publicBase: string
  /** Names of the styles and the script, below the mount path. */
  assets: Assets
  holdings: { articles: number; from: string; to: string }
}

export interface Assets {
  style: string
  script: string
}

/** `publicBase` may be an address or a path alone. */
export function createSite(publicBase: string, assets: Assets, holdings: Site['holdings']): Site {
  const base = new URL(publicBase || '/', 'http://localhost').pathname.replace(/\/+$/, '')
  return { to: createAddresses(base), base, publicBase, assets, holdings }
}

/** An address below the mount path as the world knows it. */
export function toPublic({ base, publicBase }: Site, href: string): string {
  return publicBase + href.slice(base.length)
}
