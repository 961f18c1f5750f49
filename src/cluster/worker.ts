// One thread of a rebuild or a copy on a cluster.
import { workerData } from 'node:worker_threads'
import { serveMember } from '../ingest/crew-thread.ts'
import { type ClusterCrewSettings, createClusterMember } from './crew-member.ts'

serveMember(createClusterMember(workerData as ClusterCrewSettings))
