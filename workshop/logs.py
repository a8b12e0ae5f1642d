"""What is logged: lines for whoever runs the installation, never what people wrote."""

import structlog


def configure_logs() -> None:
    """Plain lines and tracebacks.

    structlog's own choice prints every local variable of every frame (the words of the request among them), and takes
    a second for it, in which nobody else is answered.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ],
    )
