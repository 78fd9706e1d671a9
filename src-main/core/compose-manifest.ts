/** Manifests describe files and nothing else: they are made without a store, so no data directory is opened for them. */
export {
  createManifest,
  type ManifestOptions,
  type ManifestReport,
} from '../media/manifest/create-manifest.ts'
