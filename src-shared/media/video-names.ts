/** Endings by which a file is taken for a video while listing and picking; what is in it, FFmpeg decides. Lower case. */
export const videoExtensions: readonly string[] = [
  '3g2 3gp asf avi av1 divx dv f4v flv gxf h264 h265 hevc ivf m1v m2t m2ts m2v m4v mjpeg mjpg mkv mov mp4 mpe mpeg',
  'mpg mts mxf nut obu ogm ogv qt rm rmvb ts vob webm wmv y4m',
].flatMap((line) => line.split(' '))

const known = new Set(videoExtensions)

/** True for a file name whose extension is a video's, in any case. */
export function isVideoName(name: string): boolean {
  return known.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase())
}
