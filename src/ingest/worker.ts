// One worker thread of a build: reads sources and makes whole segments of them; the main thread only keeps the ids.
import { workerData } from 'node:worker_threads'
import { serveMember } from './crew-thread.ts'
import { type CrewSettings, createCrewMember } from './indexing-crew.ts'

serveMember(createCrewMember(workerData as CrewSettings))
