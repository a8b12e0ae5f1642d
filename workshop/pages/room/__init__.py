"""Words from the room: typed in from paper, imported from a file, and the blank sheets that they are written on."""

from litestar import Router

from workshop.pages.room.importing import cancel_import, create_import, show_import, upload_import
from workshop.pages.room.mapping import map_import, show_mapping
from workshop.pages.room.points import (
    ask_deletion,
    create_point,
    delete_point,
    edit_point,
    show_room,
    update_point,
)
from workshop.pages.room.preview import mend_import, show_preview
from workshop.pages.room.sheets import print_sheets, show_sheets

room = Router(
    "/focus-groups/{focus_group_id:uuid}",
    route_handlers=[
        show_room,
        create_point,
        edit_point,
        update_point,
        ask_deletion,
        delete_point,
        show_import,
        upload_import,
        show_mapping,
        map_import,
        show_preview,
        mend_import,
        create_import,
        cancel_import,
        show_sheets,
        print_sheets,
    ],
    include_in_schema=False,
)
