/** The Models page: what is on hand, adding and removing models, functions over the network, as a person does it. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  type StandInDashboard,
  standInDashboard,
} from '#main/connectors/nuclio/testing/stand-in-dashboard.ts'
import { chromiumPath } from './harness/chromium.ts'
import { dropFiles } from './harness/drop-files.ts'
import { strangeNet, tinyYolo } from './harness/tiny-models.ts'
import { type OpenWorkspace, openWorkspace, samePictures } from './harness/workspace.ts'

const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))
const DESK_SAM = fileURLToPath(new URL('../models/desk-sam', import.meta.url))
const DESK_DETECT = fileURLToPath(new URL('../models/desk-detect', import.meta.url))

describe.skipIf(chromiumPath === null)('models', () => {
  let open: OpenWorkspace
  let page: Page
  let folder: string

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    folder = await mkdtemp(join(tmpdir(), 'fieldmark-models-'))
    open = await openWorkspace([{ name: 'cat' }], [await samePictures(2)])
    page = open.page
  }, 120_000)
  afterAll(async () => {
    await open?.close()
    await rm(folder, { recursive: true, force: true })
  })
  afterEach(async () => {
    for (const { id } of await installed()) await page.request.delete(api(`/api/models/${id}`))
  })

  const api = (path: string) => new URL(path, page.url()).href
  const shot = (name: string) => page.screenshot({ path: join(ARTIFACTS, `${name}.png`) })
  const go = (path: string) => page.goto(api(path))
  const installed = async () => {
    const all = (await (await page.request.get(api('/api/models'))).json()) as {
      id: string
      origin: string
    }[]
    return all.filter(({ origin }) => origin === 'installed')
  }
  const dialog = () => page.getByRole('dialog').last()
  // The cross of every dialog is called Close, too.
  const button = (name: string) => dialog().getByRole('button', { name, exact: true }).last()
  const source = () => dialog().getByRole('textbox', { name: 'File, folder or address' })
  const row = (name: string) => page.locator('main li').filter({ hasText: name })
  const tab = (name: string) =>
    page.getByRole('radiogroup', { name: 'Models' }).getByText(name, { exact: true }).click()
  const write = async (name: string, content: string | Uint8Array) => {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }
  /** The card with this in it. */
  const look = async (path: string) => {
    await go('/models')
    await page.getByRole('button', { name: 'Add model' }).click()
    await source().fill(path)
    await page.keyboard.press('Enter')
  }
  const nameClasses = (...names: string[]) =>
    dialog().getByRole('textbox', { name: 'What are its classes called?' }).fill(names.join('\n'))
  const install = async () => {
    await button('Install').click()
    await dialog().getByText('is installed and ready').waitFor()
  }
  /** Through the page's own way, without the page. */
  const installQuietly = async (path: string, id: string) => {
    const data = { from: path, labels: ['cat', 'dog'], id, name: id }
    const { id: request } = (await (
      await page.request.post(api('/api/models'), { data })
    ).json()) as { id: number }
    const state = async () =>
      (
        (await (await page.request.get(api(`/api/requests/${request}`))).json()) as {
          state: string
        }
      ).state
    await expect.poll(state, { timeout: 20_000 }).toBe('finished')
  }

  test('what ships and what is built in is listed, searched, unfolded and measured', async () => {
    await go('/models')
    for (const name of [
      'Desk detector',
      'Desk click-to-mask',
      'Desk tracker',
      'GrabCut',
      'People (HOG)',
    ])
      await row(name).waitFor()
    await page.getByRole('textbox', { name: 'Search models and labels' }).fill('ring desk')
    await row('GrabCut').waitFor({ state: 'detached' })
    const detector = row('Desk detector')
    await detector.getByRole('button').click()
    await detector.getByText('Boxes of the visible parts of things').first().waitFor()
    await detector.getByText('6 labels').waitFor()
    await detector.getByText('onnx/desk-detect').waitFor()
    await detector.getByRole('button', { name: 'Remove' }).waitFor({ state: 'detached' })
    const device = detector.getByRole('combobox', { name: 'Device' })
    await device.click()
    await page.getByRole('option', { name: 'CPU', exact: true }).click()
    await expect.poll(() => device.inputValue()).toBe('CPU')
    await detector.getByText('Model card').click()
    await detector.getByText('Post-processing.').waitFor()
    await detector.getByRole('button', { name: 'Measure on this machine' }).click()
    await detector.getByRole('row', { name: /^CPU [\d.]+ ms [\d.]+ ms/ }).waitFor()
    await expect
      .poll(() => detector.getByRole('button').first().textContent())
      .toMatch(/[\d.]+ msReady$/)
    await shot('models')
  }, 90_000)

  test('the catalogue says step by step how to get a model', async () => {
    await go('/models')
    await tab('Catalogue')
    await page.getByRole('textbox', { name: 'Search models and labels' }).fill('yolov8 segment')
    const entry = row('YOLOv8 and YOLO11, segment')
    await entry.getByRole('button').click()
    expect(await entry.getByRole('listitem').count()).toBe(3)
    await expect
      .poll(() => entry.locator('code').first().textContent())
      .toBe('pip install ultralytics')
  })

  test('a bare file: its family is told, only its labels are asked for; tried, installed, used, removed', async () => {
    await look(await write('pets.onnx', tinyYolo()))
    await dialog()
      .getByText(/^YOLOv8/)
      .waitFor()
    expect(await dialog().getByText('What kind of network is it?').count()).toBe(0)
    expect(await dialog().getByText('How large a picture does it take?').count()).toBe(0)
    expect(await button('Install').isEnabled()).toBe(false)
    expect(await button('Try it').isEnabled()).toBe(false)
    await nameClasses('cat')
    await dialog().getByText('1 name given').waitFor()
    await nameClasses('cat', 'dog')
    await button('Try it').click()
    await dialog()
      .getByText(/1 object found in \d+ ms/)
      .waitFor()
    const picture = dialog().getByRole('img', { name: 'picture_000.jpg' })
    await picture.getByText('cat 90 %').waitFor()
    const box = picture.locator('rect').first()
    const sides = await Promise.all(
      ['x', 'y', 'width', 'height'].map((side) => box.getAttribute(side)),
    )
    expect(sides.map((side) => Math.round(Number(side)))).toEqual([160, 80, 320, 320])
    await shot('models-add')
    await install()
    expect(await button('Use it now').count()).toBe(0)
    await button('Close').click()
    await row('pets').getByText('dog').waitFor()
    await go(`/tasks/${open.taskId}/annotate`)
    await page.getByTestId('canvas').waitFor()
    await page.keyboard.press('Alt+w')
    await page.getByRole('tab', { name: 'Detectors' }).click()
    await page.getByRole('combobox', { name: 'Detector' }).click()
    await page.getByRole('option', { name: /pets/ }).waitFor()
    await go('/models')
    await row('pets').getByRole('button').click()
    await row('pets').getByRole('button', { name: 'Remove' }).click()
    await dialog().getByText('Annotations it made stay').waitFor()
    await button('Remove').click()
    await row('pets').waitFor({ state: 'detached' })
    expect(await installed()).toEqual([])
  }, 90_000)

  test.each([
    ['a pickle', 'best.onnx', '\x80\x02}q\x00X\x03\x00\x00\x00foo', /it is a PyTorch checkpoint/],
    ['a web page', 'login.onnx', '<!DOCTYPE html><html>log in</html>', /it is a web page/],
    ['nothing', 'empty.onnx', '', /it is empty/],
  ])('%s that calls itself a model is a sentence', async (_what, name, text, sentence) => {
    await look(await write(name, Buffer.from(text, 'latin1')))
    await dialog().getByRole('alert').getByText(sentence).waitFor()
    expect(await dialog().getByRole('button', { name: 'Install' }).count()).toBe(0)
  })

  test('a file that was cut off is a sentence, and nothing of it stays', async () => {
    const whole = await readFile(join(DESK_DETECT, 'desk-detect.onnx'))
    await look(await write('cut.onnx', whole.subarray(0, whole.length >> 1)))
    const alert = dialog().getByRole('alert')
    const offered = button('Install')
    await alert.or(offered).first().waitFor()
    if (await offered.isVisible()) await offered.click()
    await alert
      .getByText(/cut\.onnx|cut/)
      .first()
      .waitFor()
    expect(await installed()).toEqual([])
  })

  test('the id of one that is here has to be replaced on purpose, that of one that ships cannot', async () => {
    const path = await write('twice.onnx', tinyYolo())
    await installQuietly(path, 'twice')
    await look(path)
    await nameClasses('ant', 'bee')
    const replace = dialog().getByRole('checkbox', { name: /^Replace twice/ })
    await replace.waitFor()
    expect(await button('Install').isEnabled()).toBe(false)
    await dialog().getByRole('textbox', { name: 'Id', exact: true }).fill('desk-detect')
    await dialog().getByText('Desk detector came with Fieldmark').waitFor()
    expect(await button('Install').isEnabled()).toBe(false)
    await dialog().getByRole('textbox', { name: 'Id', exact: true }).fill('twice')
    await replace.check()
    await install()
    await button('Close').click()
    await row('twice').getByText('bee').waitFor()
    expect(await row('twice').count()).toBe(1)
  })

  test('of a network nobody knows every family can be chosen, and what is missing is said', async () => {
    await look(await write('strange.onnx', strangeNet()))
    await dialog().getByText('A model of a kind nobody here knows').waitFor()
    const family = dialog().getByRole('combobox', { name: 'What kind of network is it?' })
    await family.click()
    await page.getByRole('option', { name: /^torchvision/ }).waitFor()
    await family.fill('segment anything')
    await page.getByRole('option', { name: /^Segment Anything \(SAM/ }).click()
    await dialog()
      .getByText(/It consists of several files \(encoder, decoder\)/)
      .waitFor()
    expect(await button('Install').isEnabled()).toBe(false)
  })

  test('encoder and decoder dropped together on the open picture are one model, and one begins with it', async () => {
    for (const half of ['encoder', 'decoder'])
      await copyFile(join(DESK_SAM, `desk-sam-${half}.onnx`), join(folder, `my-sam.${half}.onnx`))
    await go(`/tasks/${open.taskId}/annotate`)
    await page.getByTestId('canvas').waitFor()
    await dropFiles(
      page,
      ['encoder', 'decoder'].map((half) => join(folder, `my-sam.${half}.onnx`)),
    )
    await dialog().getByText('An interactor is tried by hand').waitFor()
    expect(await dialog().getByRole('textbox', { name: 'Id', exact: true }).inputValue()).toBe(
      'my-sam',
    )
    await install()
    await button('Use it now').click()
    await page
      .getByRole('toolbar', { name: 'Tools of the object' })
      .getByText(/^my.sam$/i)
      .waitFor()
    await page.keyboard.press('Escape')
  })

  test('a file dropped on any page opens the card; a detector begins on its card', async () => {
    const path = await write('dropped.onnx', tinyYolo())
    await go('/tasks')
    await page.getByRole('heading', { name: 'Tasks' }).waitFor()
    await dropFiles(page, [path])
    await expect.poll(() => source().inputValue()).toMatch(/dropped\.onnx$/)
    await button('Cancel').click()
    await go(`/tasks/${open.taskId}/annotate`)
    await page.getByTestId('canvas').waitFor()
    await dropFiles(page, [path])
    await nameClasses('cat', 'dog')
    await install()
    await button('Use it now').click()
    const choice = page.getByRole('combobox', { name: 'Detector' })
    await expect.poll(() => choice.inputValue()).toMatch(/dropped/)
  })

  test('a pack that was damaged on the disk says so, and can be removed', async () => {
    await installQuietly(await write('torn.onnx', tinyYolo()), 'torn')
    await writeFile(join(open.dataDir, 'models', 'torn', 'manifest.json'), '{"manifest": 1')
    await go('/models')
    await row('torn').getByText('Failed').waitFor()
    await row('torn').getByRole('button').click()
    await row('torn').getByRole('alert').waitFor()
    await row('torn').getByRole('button', { name: 'Remove' }).click()
    await button('Remove').click()
    await row('torn').waitFor({ state: 'detached' })
  })

  test('what another window or the command line installs appears by itself', async () => {
    await go('/models')
    await row('Desk detector').waitFor()
    await installQuietly(await write('elsewhere.onnx', tinyYolo()), 'elsewhere')
    await row('elsewhere').waitFor()
    await page.request.delete(api('/api/models/elsewhere'))
    await row('elsewhere').waitFor({ state: 'detached' })
  })

  test('with the keyboard alone a model is added, unfolded and removed', async () => {
    const path = await write('keys.onnx', tinyYolo({ metadata: { names: "{0: 'cat', 1: 'dog'}" } }))
    await go('/')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('go to models')
    await page.getByRole('button', { name: 'Go to models' }).waitFor()
    await page.keyboard.press('Enter')
    await row('Desk detector').waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('add model')
    await page.getByRole('button', { name: 'Add model…' }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => hasFocus(source())).toBe(true)
    await page.keyboard.type(path)
    await page.keyboard.press('Enter')
    await button('Install').waitFor()
    await tabTo(button('Install'))
    await page.keyboard.press('Enter')
    await dialog().getByText('is installed and ready').waitFor()
    await page.keyboard.press('Enter')
    await dialog().waitFor({ state: 'detached' })
    await tabTo(row('keys').getByRole('button'))
    await page.keyboard.press('Enter')
    await tabTo(row('keys').getByRole('button', { name: 'Remove' }))
    await page.keyboard.press('Enter')
    await dialog().getByText('Annotations it made stay').waitFor()
    await tabTo(button('Remove'))
    await page.keyboard.press('Enter')
    await row('keys').waitFor({ state: 'detached' })
  }, 60_000)

  async function hasFocus(target: Locator): Promise<boolean> {
    return (await target.and(page.locator(':focus')).count()) > 0
  }

  /** Tab until it has the focus. */
  async function tabTo(target: Locator): Promise<void> {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await hasFocus(target.first())) return
      await page.keyboard.press('Tab')
    }
    throw new Error('it is not reached with Tab')
  }

  describe('over the network', () => {
    let dashboard: StandInDashboard
    beforeAll(async () => {
      const box = { type: 'rectangle', label: 'car', points: [1, 2, 30, 40], confidence: '0.9' }
      dashboard = await standInDashboard({
        cars: {
          annotations: {
            ...{ name: 'Cars of the lab', type: 'detector', framework: 'pytorch' },
            spec: '[{"id": 1, "name": "car", "type": "rectangle"}]',
          },
          answer: () => [box],
        },
        odd: { annotations: { name: 'Odd', type: 'poet' }, answer: () => null },
      })
    })
    afterAll(() => dashboard?.close())

    test('a dashboard is tried, connected, called, switched off and forgotten, and the log says what was sent', async () => {
      await go('/models')
      await tab('Connections')
      await page.getByText('Nothing is connected').waitFor()
      await page.getByText('Nothing has left this machine').waitFor()
      await page.locator('main').getByRole('button', { name: 'Connect Nuclio' }).first().click()
      await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Lab')
      await dialog().getByRole('textbox', { name: 'Address' }).fill(dashboard.url)
      await button('Test').click()
      await dialog()
        .getByText(/functions? found/)
        .waitFor()
      await dialog()
        .getByText('cars', { exact: true })
        .or(dialog().getByText(/^cars/))
        .first()
        .waitFor()
      await shot('models-connect')
      expect(await page.request.get(api('/api/connections')).then((one) => one.json())).toEqual([])
      await button('Save').click()
      await row('Lab').waitFor()
      await tab('On hand')
      const cars = row('Cars of the lab')
      await cars.getByText('Nuclio').first().waitFor()
      // On this very machine pictures stay: nothing says that they leave it.
      expect(await cars.locator('.tabler-icon-cloud').count()).toBe(0)
      const called = await page.request.post(api(`/api/tasks/${open.taskId}/functions/detect`), {
        data: { functionId: 'nuclio/lab/cars', frame: 0 },
      })
      expect(called.status(), await called.text()).toBe(200)
      await tab('Connections')
      await page.getByRole('button', { name: 'Refresh' }).click()
      await page
        .getByRole('cell', { name: /POST http:\/\/127/ })
        .first()
        .waitFor()
      await shot('models-connections')
      const use = page.getByRole('switch', { name: 'Use Lab' })
      const isUsed = () => use.isChecked()
      await use.click({ force: true })
      await expect.poll(isUsed).toBe(false)
      await tab('On hand')
      await cars.waitFor({ state: 'detached' })
      await tab('Connections')
      await use.click({ force: true })
      await expect.poll(isUsed).toBe(true)
      await tab('On hand')
      await cars.waitFor()
      await tab('Connections')
      await row('Lab').getByRole('button', { name: 'Forget' }).click()
      await page.getByText('Nothing is connected').waitFor()
      await tab('On hand')
      await cars.waitFor({ state: 'detached' })
    }, 60_000)

    test('a function of another machine has the mark of the cloud', async () => {
      await page.route('**/rpc/functions/list', async (route) => {
        const answer = await route.fetch()
        const text = (await answer.text()).replaceAll('"remote":false', '"remote":true')
        await route.fulfill({ response: answer, body: text })
      })
      await go('/models')
      const mark = row('Desk detector').locator('.tabler-icon-cloud')
      await mark.hover()
      await page.getByRole('tooltip', { name: 'Pictures leave this machine' }).waitFor()
      await page.unrouteAll({ behavior: 'ignoreErrors' })
    })
  })
})
