import { expect, test } from 'vitest'
import { ortProblem } from './ort-problem.ts'

const source = '/onnxruntime_src/onnxruntime/core'

test.each([
  [
    'a shape that does not fit',
    `Non-zero status code returned while running Reshape node. Name:'/head/Reshape' Status Message: ${source}/providers/cpu/tensor/reshape_helper.h:91 onnxruntime::ReshapeHelper::ReshapeHelper(const onnxruntime::TensorShape&, onnxruntime::TensorShapeVector&, bool) input_shape_size == requested_shape_size was false. The input tensor cannot be reshaped to the requested shape. Input shape:{1,5,2}, requested shape:{7,7}`,
    'The input tensor cannot be reshaped to the requested shape. Input shape:{1,5,2}, requested shape:{7,7}',
  ],
  [
    'a format that is too new',
    `${source}/graph/model.cc:202 onnxruntime::Model::Model(onnx::ModelProto&&, const onnxruntime::PathString&) Unsupported model IR version: 14, max supported IR version: 13\n`,
    'Unsupported model IR version: 14, max supported IR version: 13',
  ],
  [
    'no adapter',
    `${source}/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)::<lambda()> adapter_result.status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters`,
    'Failed to get a WebGPU adapter: No supported adapters',
  ],
  [
    'an operator nobody has',
    'Load model from /home/me/models/.staging/pack-x/a b.onnx failed:Fatal error: TRT:EfficientNMS_TRT(-1) is not a registered function/op',
    'TRT:EfficientNMS_TRT(-1) is not a registered function/op',
  ],
  [
    'weights that are too short',
    'Deserialize tensor q failed.tensorprotoutils.cc:1763 GetExtDataFromTensorProto External initializer: q size to read: 50400 are out of bounds.',
    'Deserialize tensor q failed: External initializer: q size to read: 50400 are out of bounds',
  ],
  ['nothing to take away', 'Missing Input: images.', 'Missing Input: images'],
])('%s', (_what, said, plain) => {
  expect(ortProblem(new Error(said))).toBe(plain)
})

test('what is no error, and what is endless', () => {
  expect(ortProblem('out of memory')).toBe('out of memory')
  expect(ortProblem('x'.repeat(9999))).toHaveLength(301)
})
