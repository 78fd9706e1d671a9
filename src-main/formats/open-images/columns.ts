/** The columns of Open Images' tables, and their flags. */

export const IMAGE_COLUMNS = [
  ...['ImageID', 'Subset', 'OriginalURL', 'OriginalLandingURL', 'License', 'AuthorProfileURL'],
  ...['Author', 'Title', 'OriginalSize', 'OriginalMD5', 'Thumbnail300KURL', 'Rotation'],
]

export const LABEL_COLUMNS = ['ImageID', 'Source', 'LabelName', 'Confidence']

/** Flags of boxes, and the attributes that say the same. */
export const FLAGS = [
  ['IsOccluded', 'occluded'],
  ['IsTruncated', 'truncated'],
  ['IsGroupOf', 'is_group_of'],
  ['IsDepiction', 'is_depiction'],
  ['IsInside', 'is_inside'],
] as const

/** Both x before both y. */
export const BOX_COLUMNS = [
  ...LABEL_COLUMNS,
  ...['XMin', 'XMax', 'YMin', 'YMax'],
  ...FLAGS.map(([column]) => column),
]

/** The sides of the box a mask belongs to, in the order of `BOX_COLUMNS`. */
export const MASK_BOX_COLUMNS = ['BoxXMin', 'BoxXMax', 'BoxYMin', 'BoxYMax'] as const

export const MASK_COLUMNS = [
  ...['MaskPath', 'ImageID', 'LabelName', 'BoxID'],
  ...MASK_BOX_COLUMNS,
  ...['PredictedIoU', 'Clicks'],
]
