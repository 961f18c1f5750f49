// The pages that people see, as routes that answer HTML.
import type { Route } from './route.ts'
import { helpView, issuesView, statusView, trendsView } from './views/browsing.ts'
import { articleView, pageView } from './views/reading.ts'
import { searchView, whyView } from './views/search.ts'
import { robotsRoute, sitemapPartRoute, sitemapRoute } from './views/sitemap.ts'

export const views: readonly Route[] = [
  searchView,
  whyView,
  articleView,
  pageView,
  issuesView,
  trendsView,
  statusView,
  helpView,
  sitemapRoute,
  sitemapPartRoute,
  robotsRoute,
]
