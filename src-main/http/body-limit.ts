import { AppError } from '#shared/errors/app-error.ts'

/** JSON is held in memory while it is taken apart, some ten times its size. A hundred thousand shapes are half of this. */
export const MOST_BODY_BYTES = 64 * 1024 * 1024

/**
 * The request, its body cut off where it grows beyond `most` bytes, whatever it says of its length.
 * @throws INPUT_INVALID, here or where the body is read
 */
export function withLimitedBody(request: Request, most = MOST_BODY_BYTES): Request {
  if (request.body === null) return request
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > most) throw tooLarge(most)
  let bytes = 0
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      bytes += piece.byteLength
      if (bytes > most) controller.error(tooLarge(most))
      else controller.enqueue(piece)
    },
  })
  // What is not read any further is cancelled, which needs no answer.
  const body = request.body.pipeThrough(counted)
  return new Request(request, { body, duplex: 'half' } as RequestInit)
}

function tooLarge(most: number): AppError {
  const problem = `it is larger than ${most / 2 ** 20} MiB; send it in parts, and files to /uploads`
  return new AppError('INPUT_INVALID', { where: 'the body of the request', problem })
}
