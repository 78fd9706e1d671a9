import { z } from 'zod'
import { paletteIds } from '#shared/domain/palettes.ts'
import { aiSettingsSchema, defaultAiSettings } from './ai-settings.ts'
import { keyPresetIds } from './key-presets/preset.ts'
import { languages } from './languages.ts'

export const playerSpeeds = ['0.25', '0.5', '1', '2', '4', '8', 'every'] as const

const shareSchema = z.number().min(0).max(1)
const filterValue = z.number().min(0).max(3)

/** Every setting a person has, and its default: what is missing or does not fit becomes that. */
const settingsSchema = z.object({
  theme: z.enum(['auto', 'light', 'dark']).catch('auto'),
  /** `auto` is the browser's or the system's. */
  language: z.enum(['auto', ...languages]).catch('auto'),
  /** Frames that V and C jump. */
  playerStep: z.int().min(2).max(10_000).catch(10),
  /** Frames a second while playing. */
  playerFps: z.number().min(1).max(60).catch(25),
  /** How fast a video plays: times its own speed, or every frame however long each takes. */
  playerSpeed: z.enum(playerSpeeds).catch('1'),
  /** A small copy of videos whose keyframes lie far apart, for scrubbing; the core reads it, too. */
  videoProxy: z.boolean().catch(true),
  /** Off: edits stay in the outbox (journalled) until Ctrl+S. */
  autosave: z.boolean().catch(true),
  colorBy: z.enum(['label', 'instance', 'group']).catch('label'),
  /** Colours of instances and groups; another than the default replaces the labels' own colours, too. */
  palette: z.enum(paletteIds).catch('default'),
  appearance: z
    .object({
      opacity: shareSchema,
      selectedOpacity: shareSchema,
      outlined: z.boolean(),
      outlineColor: z.string(),
      showText: z.enum(['always', 'selected', 'never']),
      smoothImage: z.boolean(),
      highContrast: z.boolean().catch(false),
      projections: z.boolean().catch(false),
    })
    .catch({
      opacity: 0.12,
      selectedOpacity: 0.35,
      outlined: false,
      outlineColor: '#000000',
      showText: 'selected',
      smoothImage: true,
      highContrast: false,
      projections: false,
    }),
  imageFilter: z
    .object({
      brightness: filterValue,
      contrast: filterValue,
      saturation: filterValue,
      gamma: z.number().min(0.1).max(5).catch(1),
    })
    .catch({ brightness: 1, contrast: 1, saturation: 1, gamma: 1 }),
  /** What has to be worked into the picture's pixels; see state/picture/tone.ts. */
  tone: z
    .object({
      equalize: z.enum(['off', 'global', 'clahe']),
      claheClip: z.number().min(1).max(10),
      window: z.object({ low: z.number().nullable(), high: z.number().nullable() }).nullable(),
    })
    .catch({ equalize: 'off', claheClip: 2, window: null }),
  grid: z
    .object({
      visible: z.boolean(),
      size: z.number().min(2).max(1000),
      color: z.string(),
      opacity: shareSchema,
    })
    .catch({ visible: false, size: 100, color: '#ffffff', opacity: 0.5 }),
  /** Trace neighbours' contours while drawing; Ctrl turns it round. */
  automaticBordering: z.boolean().catch(false),
  /** The contour editor decides by itself which part to cut off, where both its criteria agree. */
  intelligentCropping: z.boolean().catch(true),
  /** Moving a vertex that lies on a neighbour's moves both. */
  sharedBorders: z.boolean().catch(false),
  /** Image pixels around an object in the attribute annotation workspace. */
  aamZoomMargin: z.number().min(0).max(1000).catch(100),
  /** Texts of the filters applied last, newest first. */
  recentFilters: z.array(z.string()).max(10).catch([]),
  /** The person's own digits by label id; the other labels take what is left, in order. */
  labelDigits: z.record(z.string(), z.string()).catch({}),
  /** Tag workspace: on to the next frame after a tag. */
  tagsAutoNext: z.boolean().catch(false),
  singleShape: z
    .object({ autoNext: z.boolean(), autoSave: z.boolean(), onlyEmpty: z.boolean() })
    .catch({ autoNext: true, autoSave: true, onlyEmpty: true }),
  showDeletedFrames: z.boolean().catch(false),
  /** Where the panels of the annotation screen are; the panels themselves keep their sizes. */
  panels: z
    .object({
      sideBar: z.enum(['left', 'right']),
      strip: z.boolean(),
      contextImages: z.enum(['docked', 'floating', 'hidden']),
      /** CSS pixels, the width of a cell of the galleries. */
      galleryCell: z.number().min(96).max(320),
    })
    .catch({ sideBar: 'right', strip: false, contextImages: 'docked', galleryCell: 168 }),
  /** The timeline under the picture: of tasks on a video, of tasks on pictures, and its row of small pictures. */
  timeline: z
    .object({ video: z.boolean(), images: z.boolean(), thumbnails: z.boolean() })
    .catch({ video: true, images: false, thumbnails: true }),
  /** CSS pixels, of the texts beside shapes. */
  textSize: z.number().min(8).max(40).catch(12),
  textPosition: z.enum(['auto', 'center']).catch('auto'),
  textContent: z
    .array(z.enum(['id', 'label', 'attributes', 'source', 'description', 'dimensions']))
    .catch(['id', 'label']),
  /** CSS pixels, across. */
  controlPointsSize: z.number().min(4).max(16).catch(9),
  /** The tip masks are painted with; `size` in image pixels, across. */
  brush: z
    .object({ form: z.enum(['round', 'square']), size: z.int().min(1).max(1000) })
    .catch({ form: 'round', size: 20 }),
  /** A finished mask takes its pixels from the masks below it. */
  removeUnderlyingPixels: z.boolean().catch(false),
  ai: aiSettingsSchema.catch(defaultAiSettings),
  /** Zoom and position stay when stepping between frames of one size. */
  keepViewport: z.boolean().catch(true),
  /** Whose keys what is not in `keys` has. */
  keyPreset: z.enum(keyPresetIds).catch('cvat'),
  /** Own keys by action id; what is not here has the preset's, else its default keys. */
  keys: z.record(z.string(), z.array(z.string())).catch({}),
})
export type Settings = z.infer<typeof settingsSchema>

/** Settings from anything stored earlier: each field that does not fit falls back to its default, alone. */
export function parseSettings(value: unknown): Settings {
  const fields = typeof value === 'object' && value !== null ? value : {}
  return settingsSchema.parse(fields)
}

export const defaultSettings: Settings = parseSettings({})
