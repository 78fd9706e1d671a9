/**
 * The containers that are opened, by FFmpeg's names. Playlists (HLS, DASH, concat, SDP, IMF …) are not among them: they make
 * FFmpeg open other files, wherever they point to; nor are the kinds that draw text or run scripts. Those of sound are, so
 * that it can be told that there is only sound in them.
 */
const CONTAINERS = `
  mov matroska avi mpegts mpegtsraw mpeg flv live_flv kux asf asf_o ogg mxf gxf nut rm ivr dv wtv nsv nuv ivf swf mtv
  lmlm4 lxf dhav ifv hxvs ty smjpeg mlv r3d cine ser usm xmv moflex ingenient pmp pva rpl msnwctcp mgsts vividas vivo mvi mv
  gif apng webp_anim jpegxl_anim flic
  h261 h263 h264 hevc vvc evc av1 obu apv m4v mpegvideo mjpeg mjpeg_2000 mpjpeg cavsvideo avs avs2 avs3 dirac dnxhd vc1
  vc1test yuv4mpegpipe ipu
  4xm bink smk roq film_cpk idcin ipmovie wc3movie thp mm c93 bfi bethsoftvid bmv cdxl dsicin dfa dxa ea ea_cdata anm jv yop
  tiertexseq tmv vmd wsvqa smush siff rl2 psxstr paf nc gdv hnm filmstrip luodat mods pdv sga argo_asf avr
  mp3 wav w64 flac aac ac3 eac3 aiff caf amr ape au dts mpc mpc8 tta wv
  jpeg_pipe png_pipe bmp_pipe webp_pipe tiff_pipe jpegls_pipe j2k_pipe jpegxl_pipe gif_pipe dpx_pipe exr_pipe
`

/** As FFmpeg's option `format_whitelist` takes them. */
export const OPENED_CONTAINERS = CONTAINERS.trim().split(/\s+/).join(',')
