"""An id as the last part of an address: any characters, line ends too, which Starlette's ``path`` leaves out."""

from typing import Final

from starlette.convertors import PathConvertor, register_url_convertor

ANY_ID: Final = "model_registry_id"


class _AnyId(PathConvertor):
    regex = "(?s:.*)"


register_url_convertor(ANY_ID, _AnyId())
