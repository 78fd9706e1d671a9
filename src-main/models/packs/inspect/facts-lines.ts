import type { ModelFacts, ValueFacts } from '../../family.ts'

/** Inputs and outputs for people, a line each. @param facts  by the word that tells the files apart */
export function factsLines(facts: ReadonlyMap<string, ModelFacts>): string[] {
  return [...facts].flatMap(([name, one]) => {
    const before = facts.size > 1 ? `${name}: ` : ''
    return [
      ...one.inputs.map((value) => `${before}input ${described(value)}`),
      ...one.outputs.map((value) => `${before}output ${described(value)}`),
      `${before}ONNX opset ${one.opsets[''] ?? '?'}${one.producer === '' ? '' : `, made by ${one.producer.slice(0, 100)}`}`,
    ]
  })
}

const described = ({ name, type, dims }: ValueFacts) =>
  `${name.slice(0, 200)} ${type} [${dims.join(', ').slice(0, 200)}]`
