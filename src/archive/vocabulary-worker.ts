// The thread that makes a vocabulary.
import { parentPort, workerData } from 'node:worker_threads'
import { makeHere } from './vocabulary-maker.ts'

const bytes = makeHere(workerData as string)
parentPort!.postMessage(bytes, [bytes.buffer as ArrayBuffer])
