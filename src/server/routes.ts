// The table of everything that the service answers.
import type { Route } from './route.ts'
import { createDocsRoute } from './routes/docs.ts'
import { exportRoute } from './routes/export.ts'
import { feedRoute, openSearchRoute } from './routes/feed.ts'
import { createOpenApiRoute, healthRoute, metricsRoute, readyRoute, statsRoute } from './routes/operations.ts'
import { clipRoute, pdfRoute, pictureRoute } from './routes/printed.ts'
import { articleRoute, issuesRoute, pageRoute, similarRoute } from './routes/reading.ts'
import { analyzeRoute, explainRoute, searchRoute, suggestRoute, trendsRoute } from './routes/search.ts'
import { addArticlesRoute, addPageRoute, removeArticleRoute } from './routes/writing.ts'

const described: readonly Route[] = [
  searchRoute,
  suggestRoute,
  articleRoute,
  similarRoute,
  pageRoute,
  pictureRoute,
  pdfRoute,
  clipRoute,
  issuesRoute,
  trendsRoute,
  explainRoute,
  analyzeRoute,
  exportRoute,
  statsRoute,
  feedRoute,
  openSearchRoute,
  healthRoute,
  readyRoute,
  metricsRoute,
  addArticlesRoute,
  addPageRoute,
  removeArticleRoute,
]

export const routes: readonly Route[] = [
  ...described,
  createOpenApiRoute(described),
  createDocsRoute(described),
]
