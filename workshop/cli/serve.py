"""``workshop serve``."""

import gc

import click

from workshop.settings import Settings


@click.command()
@click.option("--host", envvar=["WORKSHOP_HOST", "HOST"], help="address to listen on")
@click.option("--port", envvar=["WORKSHOP_PORT", "PORT"], type=int, help="port to listen on")
def serve(host: str | None, port: int | None) -> None:
    """Migrate the database and serve."""
    # Nothing that is made while starting is garbage: looking for it takes a tenth of the time. The server looks again.
    gc.disable()
    from workshop.serving import serve as run  # noqa: PLC0415 (the other commands need no server)

    given = {"host": host, "port": port}
    run(Settings(**{name: value for name, value in given.items() if value}))  # type: ignore[arg-type]  # by name
