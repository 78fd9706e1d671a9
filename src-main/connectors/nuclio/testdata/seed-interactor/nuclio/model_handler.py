"""Stands in for a model: floods from the clicks. Takes boxes as the document writes them, flat."""
import cv2
import numpy as np


class ModelHandler:
    def segment(self, image, pos_points, neg_points, obj_bbox):
        height, width = image.shape[:2]
        mask = np.zeros((height + 2, width + 2), np.uint8)
        for x, y in pos_points:
            cv2.floodFill(image, mask, (int(x), int(y)), 0, (9, 9, 9), (9, 9, 9), cv2.FLOODFILL_MASK_ONLY)
        mask = mask[1:-1, 1:-1]
        if obj_bbox:
            xtl, ytl, xbr, ybr = (int(value) for value in obj_bbox)
            inside = np.zeros_like(mask)
            inside[ytl:ybr, xtl:xbr] = mask[ytl:ybr, xtl:xbr]
            mask = inside
        return mask


def mask_to_polygon(mask):
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return max(contours, key=cv2.contourArea)
