// Completes dist/ after the compiler: the styles and the script of the pages bundled, named by a digest of what is
// inside, and the command's executable bit.
import { chmodSync, cpSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { build } from 'esbuild'

const { metafile } = await build({
  entryPoints: { site: 'src/web/browser/main.ts', style: 'src/web/styles/main.css' },
  outdir: 'dist/web/assets',
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome109', 'firefox115', 'safari16'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  metafile: true,
  legalComments: 'none',
})
const nameOf = (pattern) =>
  `assets/${basename(Object.keys(metafile.outputs).find((path) => pattern.test(path)) ?? '')}`
writeFileSync(
  'dist/web/assets.json',
  `${JSON.stringify({ style: nameOf(/style-\w+\.css$/), script: nameOf(/site-\w+\.js$/) })}\n`,
)
cpSync('src/web/icon.svg', 'dist/web/icon.svg')
chmodSync('dist/cli/main.js', 0o755)
