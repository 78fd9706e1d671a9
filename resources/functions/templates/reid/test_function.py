import json
import unittest

from tests.stand_in import Context, Event, picture_of

import main

RED, BLUE = (200, 30, 30), (30, 30, 200)


def box(left, label=1):
    return {"points": [left, 20, left + 20, 50], "label_id": label}


class ReidTest(unittest.TestCase):
    def setUp(self):
        self.context = Context()
        main.init_context(self.context)
        self.pictures = {
            "image0": picture_of(120, 60, [[10, 20, 30, 50, RED], [40, 20, 60, 50, BLUE]]),
            "image1": picture_of(120, 60, [[15, 20, 35, 50, BLUE], [45, 20, 65, 50, RED]]),
        }

    def call(self, **body):
        response = main.handler(self.context, Event(dict(self.pictures, **body)))
        return response.status_code, json.loads(response.body)

    def test_knows_objects_by_their_looks(self):
        self.assertEqual(self.call(boxes0=[box(10), box(40)], boxes1=[box(15), box(45)]), (200, [1, 0]))

    def test_nothing_is_matched_over_labels_or_too_far(self):
        self.assertEqual(self.call(boxes0=[box(10)], boxes1=[box(45, label=2)])[1], [-1])
        self.assertEqual(self.call(boxes0=[box(10)], boxes1=[box(45)], max_distance=20)[1], [-1])

    def test_what_looks_different_is_different(self):
        self.assertEqual(self.call(boxes0=[box(10)], boxes1=[box(15)])[1], [-1])

    def test_says_what_is_wrong_with_a_call(self):
        status, answer = self.call()
        self.assertEqual(status, 400)
        self.assertIn("cannot be read", answer["error"])


if __name__ == "__main__":
    unittest.main()
