"""
In its container a function lies in /opt/nuclio, and many say so: `open("/opt/nuclio/function.yaml")`. Here that folder is the one
being served: Python's own ways to files take the one for the other. Nothing of the system is touched. Code that is not Python
(such as `cv2.imread`) opens files by itself and is not reached: give it relative paths, which mean the same in both places.
"""
import builtins
import functools
import importlib.machinery
import io
import os
import sys

CONTAINER = "/opt/nuclio"

_ONE_PATH = ("access", "chdir", "chmod", "listdir", "lstat", "mkdir", "open", "readlink", "remove",
             "rmdir", "scandir", "stat", "truncate", "unlink", "utime")
_TWO_PATHS = ("link", "rename", "replace", "symlink")
_OF_PATH = ("exists", "lexists", "isfile", "isdir", "islink", "getsize", "getmtime", "realpath")


class ContainerPaths:
    """`folder` stands for /opt/nuclio; `function_yaml` for the function.yaml in it, whatever its name here."""

    def __init__(self, folder, function_yaml):
        self.folder = os.path.abspath(folder)
        self.function_yaml = os.path.abspath(function_yaml)

    def real(self, path):
        if isinstance(path, int) or path is None:
            return path
        try:
            text = os.fspath(path)
        except TypeError:
            return path
        if isinstance(text, bytes):
            mapped = self._mapped(os.fsdecode(text))
            return path if mapped is None else os.fsencode(mapped)
        mapped = self._mapped(text)
        return path if mapped is None else mapped

    def _mapped(self, text):
        plain = text.replace("\\", "/")
        if plain == CONTAINER:
            return self.folder
        if not plain.startswith(CONTAINER + "/"):
            return None
        rest = plain[len(CONTAINER) + 1:]
        if rest == "function.yaml":
            return self.function_yaml
        return os.path.join(self.folder, *rest.split("/"))

    def install(self):
        real = self.real

        def one(function):
            @functools.wraps(function)
            def call(path=".", *args, **named):
                return function(real(path), *args, **named)
            return call

        def two(function):
            @functools.wraps(function)
            def call(source, target, *args, **named):
                return function(real(source), real(target), *args, **named)
            return call

        for name in _ONE_PATH:
            if hasattr(os, name):
                setattr(os, name, one(getattr(os, name)))
        for name in _TWO_PATHS:
            if hasattr(os, name):
                setattr(os, name, two(getattr(os, name)))
        for name in _OF_PATH:
            setattr(os.path, name, one(getattr(os.path, name)))
        opened = builtins.open

        @functools.wraps(opened)
        def open_real(file, *args, **named):
            return opened(real(file), *args, **named)

        builtins.open = io.open = open_real
        self._import_from_container()

    def _import_from_container(self):
        """`sys.path.append("/opt/nuclio/MyModel")`: Python's import reads folders by ways of its own."""
        loaders = [
            (importlib.machinery.ExtensionFileLoader, importlib.machinery.EXTENSION_SUFFIXES),
            (importlib.machinery.SourceFileLoader, importlib.machinery.SOURCE_SUFFIXES),
            (importlib.machinery.SourcelessFileLoader, importlib.machinery.BYTECODE_SUFFIXES),
        ]

        def hook(path):
            mapped = self._mapped(path)
            if mapped is None:
                raise ImportError
            return importlib.machinery.FileFinder(mapped, *loaders)

        sys.path_hooks.insert(0, hook)

    def search_path(self, text):
        """A PYTHONPATH of the container, as it is here."""
        parts = [part for part in text.split(":") if part]
        return os.pathsep.join(str(self.real(part)) for part in parts)
