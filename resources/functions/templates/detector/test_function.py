import json
import unittest

from tests.stand_in import Context, Event, picture_of

import main

WHITE = (255, 255, 255)


class DetectorTest(unittest.TestCase):
    def setUp(self):
        self.context = Context()
        main.init_context(self.context)

    def call(self, body):
        response = main.handler(self.context, Event(body))
        return response.status_code, json.loads(response.body)

    def test_finds_what_is_there(self):
        image = picture_of(100, 60, [[10, 20, 40, 50, WHITE], [70, 5, 90, 15, (200, 200, 200)]])
        status, found = self.call({"image": image})
        self.assertEqual(status, 200)
        self.assertEqual(sorted(one["points"] for one in found), [[10, 20, 40, 50], [70, 5, 90, 15]])
        for one in found:
            self.assertEqual((one["type"], one["label"]), ("rectangle", "bright"))
            self.assertGreaterEqual(one["confidence"], 0.5)

    def test_knows_its_threshold(self):
        image = picture_of(100, 60, [[10, 20, 40, 50, WHITE], [70, 5, 90, 15, (200, 200, 200)]])
        self.assertEqual(len(self.call({"image": image, "threshold": 0.9})[1]), 1)

    def test_finds_nothing_where_nothing_is(self):
        self.assertEqual(self.call({"image": picture_of(20, 20, [])}), (200, []))

    def test_says_what_is_wrong_with_a_call(self):
        for body in ({}, {"image": "AAAA"}, b"no JSON"):
            status, answer = self.call(body)
            self.assertEqual(status, 400)
            self.assertIn("cannot be read", answer["error"])


if __name__ == "__main__":
    unittest.main()
