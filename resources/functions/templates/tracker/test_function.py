import json
import unittest

from tests.stand_in import Context, Event, picture_of

import main

WHITE = (255, 255, 255)


class TrackerTest(unittest.TestCase):
    def setUp(self):
        self.context = Context()
        main.init_context(self.context)

    def call(self, body):
        response = main.handler(self.context, Event(body))
        return response.status_code, json.loads(response.body)

    def begin(self, *boxes):
        image = picture_of(100, 60, [[30, 20, 40, 30, WHITE]])
        shapes = [{"type": "rectangle", "points": box} for box in boxes]
        status, answer = self.call({"image": image, "shapes": shapes, "states": []})
        self.assertEqual((status, len(answer["shapes"])), (200, len(boxes)))
        return answer["states"]

    def test_follows(self):
        states = self.begin([25, 15, 45, 35])
        moved = picture_of(100, 60, [[36, 24, 46, 34, WHITE]])
        _, answer = self.call({"image": moved, "shapes": [None], "states": states})
        for found, expected in zip(answer["shapes"][0]["points"], [31, 19, 51, 39]):
            self.assertAlmostEqual(found, expected, delta=1)

    def test_says_when_it_is_lost(self):
        states = self.begin([30, 20, 40, 30])
        _, answer = self.call({"image": picture_of(100, 60, []), "shapes": [None], "states": states})
        self.assertEqual(answer["shapes"], [None])

    def test_keeps_objects_in_their_order(self):
        states = self.begin([25, 15, 45, 35], [60, 40, 80, 55])
        image = picture_of(100, 60, [[30, 20, 40, 30, WHITE]])
        _, answer = self.call({"image": image, "shapes": [None, None], "states": states})
        self.assertEqual([one["points"][0] for one in answer["shapes"]], [25, 60])

    def test_says_what_is_wrong_with_a_call(self):
        status, answer = self.call({"image": picture_of(2, 2, [])})
        self.assertEqual(status, 400)
        self.assertIn("cannot be read", answer["error"])


if __name__ == "__main__":
    unittest.main()
