"""How often somebody may be wrong at each door."""

from workshop.web.throttle import Limit

QUARTER = 15 * 60
SIGN_IN_EMAIL = Limit("sign-in.email", failures=10, seconds=QUARTER)
SIGN_IN_ADDRESS = Limit("sign-in.address", failures=100, seconds=QUARTER)
LINK_ADDRESS = Limit("password-link.address", failures=30, seconds=QUARTER)
FIRST_START_ADDRESS = Limit("first-start.address", failures=30, seconds=QUARTER)
