"""Every route of the recommendations, for the desk's router."""

from workshop.pages.desk import recommendations as listing
from workshop.pages.desk import recommendations_editing as editing
from workshop.pages.desk import recommendations_findings as findings
from workshop.pages.desk import recommendations_making as making
from workshop.pages.desk import recommendations_merging as merging

RECOMMENDATIONS = [
    listing.show_recommendations,
    listing.show_evidence,
    listing.move,
    listing.lay_out,
    listing.undo,
    listing.redo,
    editing.show_recommendation,
    editing.word,
    editing.change_theme,
    editing.leave_out_of_list,
    editing.bring_back_to_list,
    editing.split,
    editing.delete_empty,
    merging.show_merger,
    merging.merge,
    making.show_points,
    making.make,
    making.group,
    making.add,
    findings.show_finding,
    findings.word,
    findings.take_out,
    findings.split,
    findings.delete_empty,
]
