import type {
  FileRef,
  FrameFunctions,
  FrameReader,
  FrameRef,
  Functions,
  Scissors,
  Store,
} from '../ports.ts'
import { detectOn } from './detect-parts.ts'
import { filePicture } from './file-picture.ts'
import { framePicture } from './frame-picture.ts'
import { createInteract } from './interact-part.ts'

/** See `FrameFunctions` of the ports. */
export function createFrameFunctions({
  functions,
  scissors,
  reader,
  store,
}: {
  functions: Functions
  scissors: Scissors
  reader: FrameReader
  store: Pick<Store, 'frames'>
}): FrameFunctions {
  const picture = ({ taskId, frame }: FrameRef) =>
    framePicture(reader, store.frames.record(taskId, frame))
  const any = async (ref: FrameRef | FileRef) =>
    'path' in ref ? filePicture(reader, ref.path) : picture(ref)
  const interact = createInteract({ functions, reader })

  return {
    list: () => functions.list(),
    get: (id, kind) => functions.get(id, kind),
    detect: async (ref, run, call) => detectOn({ functions, reader }, await any(ref), run, call),
    prepare: (frame, id, call) => functions.prepare(id, picture(frame), call),
    interact: async (frame, id, prompt, call) => interact(id, picture(frame), prompt, call),
    scissors: (frame, how, call) => scissors.scissors(picture(frame), how, call),
    begin: (frame, id, shapes, call) => functions.begin(id, picture(frame), shapes, call),
    update: (frame, id, tokens, call) => functions.update(id, picture(frame), tokens, call),
    match: ([frame0, frame1], id, question, call) =>
      functions.match(
        id,
        { ...question, picture0: picture(frame0), picture1: picture(frame1) },
        call,
      ),
  }
}
