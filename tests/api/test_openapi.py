"""No request that the OpenAPI document allows, or nearly allows, makes the API fail."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlmodel import select

from tests.conftest import Installation, invite_cast, make_meeting, settings_in
from tests.serving import ServerProcess
from workshop.accounts.models import Account, Membership
from workshop.accounts.tokens import make_api_token
from workshop.app import create_app

EXAMPLES = 30
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


async def prepare(data_dir: Path) -> dict[str, str]:
    """A meeting to ask about; the coordinator's token and the ids that paths want."""
    app = create_app(settings_in(data_dir))
    async with app.lifespan():
        here = Installation(app, settings_in(data_dir))
        await invite_cast(here)
        meeting = await make_meeting(here, "Northshire", "Core groups 2026")
        async with here.database.writing() as db:
            cleo = select(Membership).join(Account).where(Account.email == "cleo@example.org")
            token = await make_api_token(db, (await db.exec(cleo)).one().id)
    return {
        "token": token,
        "programme_id": str(meeting.programme.id),
        "focus_group_id": str(meeting.focus_group.id),
        "theme_id": str(meeting.themes[0].id),
    }


@pytest.mark.slow
def test_no_request_makes_it_fail(tmp_path: Path) -> None:
    known = asyncio.run(prepare(tmp_path / "data"))
    server = ServerProcess(tmp_path / "data")
    server.start()
    headers = {"Authorization": f"Bearer {known['token']}"}

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def ask(case: Case[Any], *, is_known: bool) -> None:
        # A guessed id is only ever unknown: half of the requests are about what is there.
        if is_known:
            case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
            if isinstance(case.body, dict) and "theme_id" in case.body:
                case.body["theme_id"] = known["theme_id"]
        case.call_and_validate(base_url=server.address, headers=headers, checks=list(CHECKS))

    try:
        document = schemathesis.openapi.from_url(f"{server.address}/api/openapi.json")
        operations: list[Any] = [found.ok() for found in document.get_all_operations() if isinstance(found, Ok)]
        assert operations
        for operation in operations:
            given(case=operation.as_strategy(), is_known=st.booleans())(ask)()
    finally:
        server.terminate()
