"""The OpenAPI 3.1 document, at ``/api/openapi.json``."""

from importlib.metadata import version

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, License, SecurityScheme

OPENAPI = OpenAPIConfig(
    title="Workshop",
    version=version("workshop"),
    summary="Focus groups for safeguarding children partnerships",
    license=License(name="MIT", identifier="MIT"),
    path="/api",
    render_plugins=[JsonRenderPlugin(path="/openapi.json")],
    components=Components(
        security_schemes={
            "bearer": SecurityScheme(
                type="http",
                scheme="bearer",
                description="A token made by `workshop token create EMAIL`, scoped like its owner's account.",
            )
        }
    ),
)
