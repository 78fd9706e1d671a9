"""Stands in for a model: white things are class1, their outline class2."""
import cv2


class ModelHandler:
    def infer(self, image, threshold=0.5):
        gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        contours, _ = cv2.findContours((gray > 127).astype('uint8'), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        found = []
        for contour in contours:
            x, y, w, h = cv2.boundingRect(contour)
            score = float(gray[y:y + h, x:x + w].mean()) / 255
            if score < threshold:
                continue
            found.append({'label': 'class1', 'confidence': score, 'type': 'rectangle', 'points': [x, y, x + w, y + h]})
            found.append({'label': 'class2', 'confidence': score, 'type': 'polygon',
                          'points': contour.flatten().tolist(), 'attributes': [{'name': 'color', 'value': 'white'}]})
        return found
