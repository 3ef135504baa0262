"""The published description: what ninja draws from the operations, with signatures and problems added."""

from __future__ import annotations

from functools import cache
from typing import Any

from yiyang.faces.partners import problems, schemas
from yiyang.faces.partners.api import api
from yiyang.faces.partners.door import HEADERS

PROBLEMS = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)
SAYS = ("id of the key", "seconds since 1970", "16 to 64 characters, once", "HMAC-SHA256 in hex")


@cache
def openapi() -> dict[str, Any]:
    """OpenAPI 3.1 of all operations."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    parts = found.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = schemas.ProblemOut.model_json_schema()
    parts["securitySchemes"] = {
        name: {"type": "apiKey", "in": "header", "name": name, "description": says}
        for name, says in zip(HEADERS, SAYS, strict=True)
    }
    found["security"] = [{name: [] for name in HEADERS}]
    content = {problems.KIND: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in found["paths"].values():
        for operation in path.values():
            operation["security"] = found["security"]
            for status in PROBLEMS:
                operation["responses"][str(status)] = {
                    "description": problems.TITLES[status],
                    "content": content,
                }
    return found
