"""The agencies of a programme: added and changed. Taking one away: workshop.retention.removal."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import NotFound
from workshop.programmes.agency_names import NewAgency, refuse_ambiguous_names, spelt_alike
from workshop.programmes.models import Agency
from workshop.programmes.queries import agencies_of


async def agency_of(db: AsyncSession, programme_id: UUID, agency_id: UUID) -> Agency:
    """The programme's agency; raises NotFound."""
    agency = await db.get(Agency, agency_id)
    if agency is None or agency.programme_id != programme_id:
        raise NotFound("There is no such agency in this programme")
    return agency


async def add_agency(db: AsyncSession, programme_id: UUID, new: NewAgency) -> Agency:
    """A new agency at the end; raises NameTaken."""
    agencies = await agencies_of(db, programme_id)
    refuse_ambiguous_names([*agencies, new], "name", "aliases")
    agency = Agency(
        programme_id=programme_id,
        name=new.name,
        parent=spelt_alike(new.parent, (other.parent for other in agencies)),
        aliases=list(new.aliases),
        position=max((other.position for other in agencies), default=-1) + 1,
    )
    db.add(agency)
    await db.flush()  # its id is wanted at once
    return agency


async def change_agency(db: AsyncSession, agency: Agency, new: NewAgency) -> None:
    """Another name, parent and aliases for the agency; its people and points stay its own. Raises NameTaken."""
    others = [other for other in await agencies_of(db, agency.programme_id) if other.id != agency.id]
    refuse_ambiguous_names([*others, new], "name", "aliases")
    agency.name = new.name
    agency.parent = spelt_alike(new.parent, (other.parent for other in others))
    agency.aliases = list(new.aliases)
    db.add(agency)
