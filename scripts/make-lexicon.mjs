// Folds nodejieba's dictionary into dist/lexicon/, after the compiler: what both segmenters read, and what the package ships.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { foldDictionary } from '../dist/analysis/fold-dictionary.js'
import { lexiconFiles } from '../dist/analysis/lexicon-files.js'

const source = dirname(createRequire(import.meta.url).resolve('nodejieba/package.json'))
const read = (name) => {
  const file = join(source, 'submodules/cppjieba/dict', name)
  return { file, content: readFileSync(file, 'utf8') }
}
const files = lexiconFiles()
const folded = foldDictionary({
  dictionary: read('jieba.dict.utf8'),
  extraWords: read('user.dict.utf8'),
  model: read('hmm_model.utf8'),
})
mkdirSync(dirname(files.words), { recursive: true })
writeFileSync(files.words, folded.words)
writeFileSync(files.spellings, folded.spellings)
writeFileSync(files.model, folded.model)
writeFileSync(files.noUserWords, '\n')
writeFileSync(files.noKeywords, '的 1\n')
writeFileSync(files.noStopWords, '的\n')
// The words are cppjieba's: its licence goes where they go.
cpSync(join(source, 'LICENSE'), join(dirname(files.words), 'LICENSE.cppjieba'))
