// Completes dist/ after the compiler: the page's styles and HTML, which no compiler touches, and the command's executable bit.
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'

const copied = new Set(['.html', '.css', '.svg', '.json'])
const webFolder = 'src/web'
mkdirSync('dist/web', { recursive: true })
for (const name of readdirSync(webFolder)) {
  if (copied.has(extname(name)) && !name.startsWith('tsconfig'))
    cpSync(join(webFolder, name), join('dist/web', name))
}
if (existsSync('dist/cli/main.js')) chmodSync('dist/cli/main.js', 0o755)
