/** The classes that are trained on, by their numbers for training; 255 is no class. */
export const trainClasses: readonly string[] = [
  ...['road', 'sidewalk', 'building', 'wall', 'fence', 'pole', 'trafficlight', 'trafficsign'],
  ...['vegetation', 'terrain', 'sky', 'person', 'rider', 'car', 'truck', 'bus', 'train'],
  ...['motorcycle', 'bicycle'],
]
