"""lxml's iterparse over one file, nothing kept: the floor of everything that reads XML. Prints CPU seconds and peak MiB as JSON."""
import json, resource, sys, time

from lxml import etree

begun = time.process_time()
for _, element in etree.iterparse(sys.argv[1]):
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
spent = time.process_time() - begun
print(json.dumps({"cpuSeconds": spent, "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
