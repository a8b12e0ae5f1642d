"""A log tells what failed and where, and nothing that anybody wrote."""

import pytest
import structlog

from workshop.logs import configure_logs

WORDS = "The canary sang of kestrels at teatime"


def test_a_failure_is_logged_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        message = f"Failing row contains ({WORDS})"
        raise RuntimeError(message) from OSError(28, "No space left on device")

    configure_logs()
    try:
        fail()
    except RuntimeError:
        structlog.get_logger().exception("point.failed")
    logged = capsys.readouterr().out
    assert WORDS not in logged
    assert "point.failed" in logged
    assert "RuntimeError" in logged
    assert "No space left on device" in logged
    assert f"{__file__}:" in logged
