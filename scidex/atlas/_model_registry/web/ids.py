"""An id as the last part of an address: any characters, with line ends, which Starlette's ``path`` excludes."""

from typing import Final

from starlette.convertors import PathConvertor, register_url_convertor

ANY_ID: Final = "model_registry_id"


class _AnyId(PathConvertor):
    regex = "(?s:.*)"


register_url_convertor(ANY_ID, _AnyId())
