import json
import unittest

from tests.stand_in import Context, Event, picture_of

import main

RED, BLUE = (200, 30, 30), (30, 30, 200)
IMAGE = picture_of(100, 60, [[10, 20, 40, 50, RED], [40, 20, 60, 50, BLUE]])


class InteractorTest(unittest.TestCase):
    def setUp(self):
        self.context = Context()
        main.init_context(self.context)

    def call(self, body):
        response = main.handler(self.context, Event(body))
        return response.status_code, json.loads(response.body)

    def test_finds_what_was_clicked(self):
        status, answer = self.call({"image": IMAGE, "pos_points": [[20, 30]], "neg_points": [], "obj_bbox": None})
        self.assertEqual((status, answer["bounds"]), (200, [10, 20, 39, 49]))
        self.assertEqual(answer["mask"], [[255] * 30] * 30)

    def test_two_clicks_take_both(self):
        clicks = [[20, 30], [50, 30]]
        _, answer = self.call({"image": IMAGE, "pos_points": clicks, "neg_points": [], "obj_bbox": []})
        self.assertEqual(answer["bounds"], [10, 20, 59, 49])

    def test_stays_in_a_box_of_either_form(self):
        for box in ([[0, 0], [30, 40]], [0, 0, 30, 40]):
            body = {"image": IMAGE, "pos_points": [[20, 30]], "neg_points": [], "obj_bbox": box}
            self.assertEqual(self.call(body)[1]["bounds"], [10, 20, 29, 39])

    def test_a_click_beside_it_takes_away(self):
        body = {"image": IMAGE, "pos_points": [[20, 30]], "neg_points": [[21, 30]], "obj_bbox": None}
        self.assertEqual(self.call(body), (200, {"mask": []}))

    def test_says_what_is_wrong_with_a_call(self):
        status, answer = self.call({"image": IMAGE})
        self.assertEqual(status, 400)
        self.assertIn("cannot be read", answer["error"])


if __name__ == "__main__":
    unittest.main()
