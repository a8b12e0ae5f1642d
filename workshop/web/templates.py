"""The Jinja environment: everything is escaped, an unknown name is an error, `govuk` has the components."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workshop.focus_groups.naming import group_name
from workshop.paths import TEMPLATES
from workshop.programmes import privacy
from workshop.web import filters
from workshop.web.assets import asset_url
from workshop.web.components import GovukComponents, field_parameters


def environment() -> Environment:
    """The environment of all pages. Litestar's template engine adds `url_for` to it."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    pages.globals.update(
        asset_url=asset_url,
        field=field_parameters(),
        govuk=GovukComponents(),
        group_name=group_name,
        plural=filters.plural,
        privacy=privacy,
    )
    pages.tests["web_address"] = filters.is_web_address
    pages.filters.update(
        number=filters.number,
        plural=filters.plural,
        tel_links=filters.tel_links,
        uk_date=filters.uk_date,
        uk_datetime=filters.uk_datetime,
        uk_time=filters.uk_time,
    )
    return pages
