// Compiles after an install, where the compiler was installed too: `npm ci --omit=dev` runs what is compiled already.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

// typescript alone may be there as a peer of a library, without the types that compiling needs.
const { resolve } = createRequire(import.meta.url)
const hasCompiler = ['typescript/package.json', '@types/cli-progress/package.json'].every((name) => {
  try {
    return resolve(name) !== ''
  } catch {
    return false
  }
})
if (hasCompiler)
  process.exitCode =
    spawnSync('npm', ['run', 'compile'], { stdio: 'inherit', shell: process.platform === 'win32' }).status ??
    1
else if (!existsSync('dist/xunbao.js')) console.warn('没有安装编译器，dist 也不在：先运行一次完整的 npm ci。')
