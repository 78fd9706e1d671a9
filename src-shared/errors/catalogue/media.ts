import { define } from './define.ts'

export const mediaErrors = {
  MEDIA_NOT_FOUND: define<{ path: string }>({
    status: 404,
    retry: 'after-fix',
    message: ({ path }) => `${path} does not exist, or you may not read it.`,
    remedy: () => 'Check the spelling and the permissions. If the folder was moved, use Relink.',
  }),
  MEDIA_NONE: define<{ paths: string; sawFiles: number }>({
    status: 422,
    retry: 'after-fix',
    message: ({ paths, sawFiles }) =>
      sawFiles === 0
        ? `${paths} is empty.`
        : `${paths} holds ${sawFiles} ${sawFiles === 1 ? 'file, and it is no' : 'files, and none of them is an'} image or video.`,
    remedy: () =>
      'Choose a folder, archive or file with JPEG, PNG, WebP, GIF, TIFF, BMP or AVIF pictures, or a video.',
  }),
  IMAGE_UNREADABLE: define<{ path: string; detail: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, detail }) => `${path} could not be read as an image: ${detail}.`,
    remedy: ({ path }) =>
      `Open ${path} in another program, save it again as PNG or JPEG, then relink or add it once more.`,
  }),
  VIDEO_UNREADABLE: define<{ path: string; detail: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, detail }) => `${path} could not be read as a video: ${detail}.`,
    remedy: () =>
      'Play it in another program. If it is cut short or damaged, copy it again or convert it (ffmpeg -i in.mp4 out.mp4).',
  }),
  VIDEO_NO_PICTURES: define<{ path: string; detail: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, detail }) => `${path} holds no pictures: ${detail}.`,
    remedy: () => 'Choose a file with a video in it.',
  }),
  VIDEO_FRAME_UNREADABLE: define<{ path: string; frame: number; detail: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, frame, detail }) =>
      `Frame ${frame} of ${path} could not be decoded: ${detail}.`,
    remedy: () =>
      'Its neighbours can be annotated all the same. If the file was damaged on its way, copy it again and use Relink.',
  }),
  MEDIA_STALLED: define<{ path: string; seconds: number }>({
    status: 504,
    retry: 'as-is',
    message: ({ path, seconds }) => `${path} has not answered for ${seconds} seconds.`,
    remedy: () =>
      'The drive may be asleep or the network slow. Fieldmark goes on trying; annotations are kept meanwhile.',
  }),
  MEDIA_MIXED: define<{ path: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path }) => `${path} is a video, and a task holds either one video or pictures.`,
    remedy: () => 'Make a task of its own for each video.',
  }),
  FRAME_MISSING: define<{ path: string; frame: number }>({
    status: 404,
    retry: 'after-fix',
    message: ({ path, frame }) => `The file of frame ${frame}, ${path}, is no longer there.`,
    remedy: () =>
      'Put it back, or use Relink to say where the media are now. Annotations are kept.',
  }),
  ARCHIVE_UNSAFE: define<{ path: string; entry: string; why: string }>({
    status: 422,
    retry: 'never',
    message: ({ path, entry, why }) => `${path} was refused: its entry "${entry}" ${why}.`,
    remedy: () =>
      'Unpack the archive with a tool you trust, look at what is inside, and pack it again.',
  }),
  ARCHIVE_UNREADABLE: define<{ path: string; detail: string; encrypted?: boolean }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, detail }) => `${path} could not be read as an archive: ${detail}.`,
    remedy: ({ encrypted }) =>
      encrypted === true
        ? 'Unpack it with its password and choose the folder, or pack it again without one.'
        : 'Copy or download it again. If that does not help, unpack it and choose the folder instead.',
  }),
}
