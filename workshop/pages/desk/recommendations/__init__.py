"""A programme's recommendations at the desk: the list, one of them, its headings, and the points to choose from."""

from workshop.pages.desk.recommendations import editing, findings, listing, making, merging

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
