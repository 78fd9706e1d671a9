"""Stands in for Detectron2: as much of it as the function uses."""


class _Node:
    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        node = _Node()
        self.__dict__[name] = node
        return node


class _Config(_Node):
    def merge_from_file(self, path):
        with open(path):
            self.file = path

    def merge_from_list(self, options):
        self.options = options

    def freeze(self):
        self.frozen = True


def get_cfg():
    return _Config()
